import type { Runtime } from '@atrous/core';
import type { ChoiceStore } from '../choice-store.ts';

/** What kind of program this is. */
export interface Place {
  /** Runtimes that are measured by default; the first is the one that works everywhere. */
  candidates(): readonly Runtime[];
  /** What speed depends on besides the network. */
  device(): string;
  /** `null` where nothing can be kept. */
  store(): ChoiceStore | null;
}
