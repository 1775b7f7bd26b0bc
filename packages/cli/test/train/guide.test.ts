import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { trainConfigSchema } from '../../src/train/config/config-schema.ts';
import { EXAMPLE } from '../../src/train/config/example.ts';
import { newFolder } from '../image-zoo.ts';
import { atrous } from '../run-atrous.ts';

const guide = readFileSync(fileURLToPath(new URL('../../../../docs/guides/training.md', import.meta.url)), 'utf8');

describe('the guide to training', () => {
  it('shows the configuration of the help', async () => {
    expect(guide).toContain(EXAMPLE);
    expect((await atrous(['train', '--help'])).stdout).toContain(EXAMPLE.replace(/^/gm, '  ').trimEnd());
  });

  it('trains with it', { timeout: 60_000 }, async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'street.json'), EXAMPLE);
    const flags = ['--steps', '1', '--batch', '1', '--set', 'validation.count=1'];
    const { code, stdout, stderr } = await atrous(['train', 'street.json', ...flags], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('2,000 images');
  });

  it('lists every option', () => {
    const [, table = ''] = /\| `name` ([\s\S]+?)\n\n/.exec(guide) ?? [];
    const listed = ['name', ...[...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)];
    const known = Object.keys(trainConfigSchema.entries).filter((name) => name !== '$schema');
    expect(listed.toSorted()).toEqual(known.toSorted());
  });
});
