import type { NetworkCase } from './network-case.ts';

/** Every family of golden networks that this repository can build; the first that matches a case is used. */
export const networkCases: readonly NetworkCase[] = [];
