import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from './image-zoo.ts';

/** A package as a stranger would write it: no import of ours, plain values with a kind and a name. */
export const LAME = `
export const lame = {
  kind: 'runtime', name: 'lame', description: 'Never works',
  available: async () => ({ available: false, reason: 'no legs', hint: 'grow some' }),
  compile: async () => { throw new Error('no'); },
};
export const helper = () => 1;
`;

/** Writes a module and returns its path. */
export function pluginFile(text: string): string {
  const folder = newFolder();
  writeFileSync(join(folder, 'plugin.mjs'), text);
  return join(folder, 'plugin.mjs');
}
