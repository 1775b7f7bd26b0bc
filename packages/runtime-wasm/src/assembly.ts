/** Bytes in the memory of the module. */
export type Address = number;

/** The functions of `assembly/`, which say what they do. They trust their arguments. */
export interface Assembly {
  runSteps(step: Address, end: Address, part: number, parts: number, meeting: Address): void;
}
