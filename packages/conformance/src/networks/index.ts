import { bubbliiiing } from './bubbliiiing.ts';
import { huggingFace } from './hugging-face.ts';
import { jfzhang95 } from './jfzhang95.ts';
import type { NetworkCase } from './network-case.ts';
import { vainf } from './vainf.ts';

/** Every family of golden networks that this repository can build; the first that matches a case is used. */
export const networkCases: readonly NetworkCase[] = [bubbliiiing, vainf, jfzhang95, huggingFace];
