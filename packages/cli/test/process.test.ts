import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildAtrous, finished, startAtrous } from './built-atrous.ts';
import { newFolder, picture, writeFiles } from './image-zoo.ts';
import { pluginFile } from './plugin-file.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

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

  it('ends at Ctrl-C with 130 and whole files only', async () => {
    const bytes = await picture(300, 200).png().toBuffer();
    const images = Array.from({ length: 400 }, (_, index) => ({ name: `${index}.png`, bytes }));
    const out = join(newFolder(), 'out');
    const argv = [
      'segment',
      writeFiles(images),
      '--bundle',
      await writeTinyBundle(),
      '--overlay',
      '--mask',
      '--out',
      out,
    ];
    const child = startAtrous(script, argv, tmpdir());
    const ended = finished(child);
    while (!existsSync(out) && child.exitCode === null) await wait(20);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'interrupted\n' });
    const written = readdirSync(out);
    expect(written.length).toBeLessThan(2 * images.length);
    for (const name of written) {
      expect(name).toMatch(/^\d+\.(overlay|mask)\.png$/);
      await expect(sharp(join(out, name)).stats()).resolves.toBeDefined();
    }
  });

  it('measures the other backends when one takes its process down', async () => {
    const crash = `export const crash = {
      kind: 'runtime', name: 'crash', description: 'Crashes',
      available: async () => ({ available: true, detail: '' }),
      compile: async () => process.kill(process.pid, 'SIGKILL'),
    };`;
    const plugin = pluginFile(crash);
    const flags = ['--backends', 'crash,wasm', '--size', '33', '--seconds', '0'];
    const argv = ['--plugin', plugin, 'bench', await writeTinyBundle(), ...flags];
    const { code, stdout } = await finished(startAtrous(script, argv, tmpdir()));
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nwasm +\d/);
    expect(stdout).toMatch(/failed crash: its process ended/);
  });

  it('does not mind when nobody reads to the end', async () => {
    const child = startAtrous(script, ['describe', 'deeplab-v3-plus'], tmpdir());
    const ended = finished(child);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});
