/** One class of a label map. */
export interface LabelClass {
  /** Value in label arrays and masks, 0 … 65,535. */
  readonly id: number;
  readonly name: string;
  /** Red, green, blue, 0 … 255. */
  readonly color: readonly [red: number, green: number, blue: number];
}

/** What the values of a label map mean. */
export interface LabelMap {
  readonly name: string;
  /** In order of ids, which run from 0 without gaps: class `i` is channel `i` of the logits. */
  readonly classes: readonly LabelClass[];
  /** Value of pixels that count neither for nor against anything; absent when every pixel has a class. */
  readonly ignoreLabel?: number | undefined;
}
