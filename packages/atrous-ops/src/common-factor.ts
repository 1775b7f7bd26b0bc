const ofTwo = (a: number, b: number): number => (b === 0 ? a : ofTwo(b, a % b));

/** The greatest whole number that divides all of these; 0 when there are none. */
export const commonFactor = (numbers: readonly number[]): number => numbers.reduce(ofTwo, 0);
