import type { NameMap } from '../name-map.ts';
import { atrous } from './atrous.ts';
import { googleCheckpoint, googleFolded, googleTflite } from './google.ts';

export { atrous, googleCheckpoint, googleFolded, googleTflite };

/** Every name map of this package. */
export const nameMaps: readonly NameMap[] = [atrous, googleCheckpoint, googleTflite, googleFolded];
