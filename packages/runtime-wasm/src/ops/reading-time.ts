/** Numbers of a filter that fit a core's own cache. */
const CACHED = 2 ** 19;

/** Multiply-adds that take as long as reading a number from memory. */
const READ = 7;

/** How long it takes to read weights so many times, in multiply-adds: nothing where they stay in a core's own cache. */
export const readingTime = (weights: number, times: number): number => (weights > CACHED ? READ * weights * times : 0);
