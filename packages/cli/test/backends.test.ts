import { describe, expect, it } from 'vitest';
import { findBackend } from '../src/backends.ts';
import { LAME, pluginFile } from './plugin-file.ts';
import { atrous } from './run-atrous.ts';

interface State {
  readonly name: string;
  readonly available: boolean;
  readonly detail?: string;
  readonly reason?: string;
  readonly hint?: string;
}

describe('backends', () => {
  it('says of each whether it works, and otherwise why not and what to do', async () => {
    const { code, stdout } = await atrous(['backends', '--json']);
    expect(code).toBe(0);
    const states = JSON.parse(stdout) as readonly State[];
    expect(states.find(({ name }) => name === 'reference')?.available).toBe(true);
    for (const { available, detail, reason, hint } of states)
      for (const text of available ? [detail] : [reason, hint]) expect(text).toMatch(/\w/);
  });

  it('lists backends of plugins, in JSON and in the table', async () => {
    const plugin = ['--plugin', pluginFile(LAME)];
    const { stdout } = await atrous([...plugin, 'backends', '--json']);
    expect(JSON.parse(stdout)).toContainEqual({
      name: 'lame',
      description: 'Never works',
      available: false,
      reason: 'no legs',
      hint: 'grow some',
    });
    expect((await atrous([...plugin, 'backends'])).stdout).toMatch(/lame +no +no legs +grow some\n/);
  });

  it('refuses a plugin package without plugins', async () => {
    const result = await atrous(['--plugin', pluginFile('export const x = 1;'), 'backends']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('exports no plugin');
  });

  it('names the known backends when it does not know one', async () => {
    expect(() => findBackend('wasmm', [])).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.stringMatching(/^known: auto, .*reference/) as string }),
    );
  });
});
