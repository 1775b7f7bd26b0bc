import { describe, expect, it } from 'vitest';
import { atrous } from './run-atrous.ts';

describe('atrous', () => {
  it('shows help with an example and exit codes', async () => {
    const { code, stdout } = await atrous(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: atrous');
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('0 done, 1 failed, 2 bad usage');
  });

  it('prints its version', async () => {
    const { code, stdout } = await atrous(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [[], 'Usage: atrous'],
    [['segmnt'], 'unknown command'],
    [['backends', '--jsn'], 'Did you mean --json?'],
    [['backends', '--plugin', 'no-such-package'], 'npm install no-such-package'],
  ])('exits with 2 and says what is wrong for %j', async (argv, expected) => {
    const { code, stdout, stderr } = await atrous(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });
});
