/** Collects how far numbers are from what they should be, in parts of what is allowed. */
export class Closeness {
  #worst = 0;
  #where = 'anything';

  /** @throws Error when `actual` is too far from `expected`. */
  expect(where: string, actual: number, expected: number, allowed: number): void {
    const part = Math.abs(actual - expected) / allowed;
    if (!(part <= 1))
      throw new Error(`${where} is ${actual} instead of ${expected} (allowed ${allowed.toExponential(2)})`);
    if (part > this.#worst) [this.#worst, this.#where] = [part, where];
  }

  /** The worst of all, for people. */
  describe(): string {
    return `${(100 * this.#worst).toFixed(0)} % of what is allowed at ${this.#where}`;
  }
}
