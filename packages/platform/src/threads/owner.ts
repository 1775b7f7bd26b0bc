/** Whom a memory or a crew works for, as errors say it. */
export interface Owner {
  /** Such as "the lattice". */
  readonly name: string;
  /** What to do when it fails. */
  readonly hint: string;
}
