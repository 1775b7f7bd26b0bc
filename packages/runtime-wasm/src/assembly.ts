import type { Address } from '@atrous/platform/threads';

/** The functions of `assembly/`, which say what they do. They trust their arguments. */
export interface Assembly {
  runSteps(step: Address, end: Address, part: number, parts: number, meeting: Address): void;
}
