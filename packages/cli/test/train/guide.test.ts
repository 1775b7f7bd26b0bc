import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { trainConfigSchema } from '../../src/train/config/config-schema.ts';
import { EXAMPLE } from '../../src/train/config/example.ts';
import { newFolder, picture } from '../image-zoo.ts';
import { atrous } from '../run-atrous.ts';

const guide = readFileSync(fileURLToPath(new URL('../../../../docs/guides/training.md', import.meta.url)), 'utf8');

describe('the guide to training', () => {
  it('shows the configuration of the help', async () => {
    expect(guide).toContain(EXAMPLE);
    expect((await atrous(['train', '--help'])).stdout).toContain(EXAMPLE.replace(/^/gm, '  ').trimEnd());
  });

  it('shows commands that work, one after the other', { timeout: 120_000 }, async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'street.json'), EXAMPLE);
    await picture(64, 48).jpeg().toFile(join(cwd, 'photo.jpg'));
    const commands = [...guide.matchAll(/^npx atrous (.+)$/gm)].map(([, words = '']) => words.split(' '));
    expect(commands.map(([name]) => name)).toEqual(['train', 'evaluate', 'segment']);
    const shorter = ['--steps', '1', '--batch', '1', '--set', 'validation.count=1'];
    for (const words of commands) {
      const { code, stderr } = await atrous([...words, ...(words[0] === 'train' ? shorter : [])], { cwd });
      expect({ words, code, stderr }).toEqual({ words, code: 0, stderr: '' });
    }
  });

  it('lists every option', () => {
    const [, table = ''] = /\| `name` ([\s\S]+?)\n\n/.exec(guide) ?? [];
    const listed = ['name', ...[...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)];
    const known = Object.keys(trainConfigSchema.entries).filter((name) => name !== '$schema');
    expect(listed.toSorted()).toEqual(known.toSorted());
  });
});
