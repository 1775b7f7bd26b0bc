import { beforeAll, describe, expect, it } from 'vitest';
import { buildAtrous, finished, startAtrous } from './built-atrous.ts';
import { tmpdir } from 'node:os';

let script: string;
beforeAll(async () => {
  const built = await buildAtrous();
  script = built.script;
  return () => built.remove();
});

describe('atrous as a process', () => {
  it('prints its help and ends', async () => {
    const { code, stdout, stderr } = await finished(startAtrous(script, ['--help'], tmpdir()));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: atrous');
  });

  it('ends with 2 and no stack trace on bad usage', async () => {
    const { code, stderr } = await finished(startAtrous(script, ['backends', '--plugin', 'x', '--nope'], tmpdir()));
    expect(code).toBe(2);
    expect(stderr).not.toContain('    at ');
  });
});
