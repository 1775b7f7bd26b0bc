/** Where Linux has its graphics cards. */
const CARDS = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/** Whether this program runs in Node, and nobody gave it the WebGPU that browsers have. */
export const isPlainNode = (): boolean =>
  !(typeof navigator !== 'undefined' && 'gpu' in navigator) &&
  typeof process !== 'undefined' &&
  process.versions?.node !== undefined;

/** Whether there may be a graphics card. A server has none, and Dawn would complain of it on standard error. */
export function mayHaveCard(): boolean {
  const files = isPlainNode() && process.platform === 'linux' ? process.getBuiltinModule?.('node:fs') : undefined;
  return files === undefined || CARDS.some((card) => files.existsSync(card));
}
