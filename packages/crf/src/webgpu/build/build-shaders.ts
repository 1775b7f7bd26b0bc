import { CLAIM, ELECT, FLAG } from './shaders/claim.ts';
import { EMBED } from './shaders/embed.ts';
import { COUNT_UP, LIST, NORMALIZE } from './shaders/list.ts';
import { MEET, NAME } from './shaders/number.ts';
import { PAINT } from './shaders/paint.ts';
import { ADD_TOTALS, SCAN } from './shaders/scan.ts';
import { COUNT_DIGITS, MOVE_DIGITS } from './shaders/sort.ts';

/** Programs that build a lattice. */
export const BUILD_SHADERS = {
  paint: PAINT,
  embed: EMBED,
  claim: CLAIM,
  elect: ELECT,
  flag: FLAG,
  scan: SCAN,
  addTotals: ADD_TOTALS,
  name: NAME,
  meet: MEET,
  countUp: COUNT_UP,
  countDigits: COUNT_DIGITS,
  moveDigits: MOVE_DIGITS,
  list: LIST,
  normalize: NORMALIZE,
} as const;
