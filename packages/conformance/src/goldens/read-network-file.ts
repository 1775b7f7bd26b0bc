import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseNetworkFile, type NetworkFile } from './network-file.ts';

/** A case file on a disk. */
export interface StoredNetworkFile extends NetworkFile {
  /** Folder that its paths start from. */
  readonly folder: string;
}

/** Reads `networks/<case>/case.json`. */
export const readNetworkFile = (path: string): StoredNetworkFile => ({
  ...parseNetworkFile(readFileSync(path, 'utf8')),
  folder: dirname(path),
});
