import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeMask } from '@atrous/data';
import { presets, type Preset } from '@atrous/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeCheckpoint } from './checkpoint.ts';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';
import { tinyConfig } from './train/tiny-config.ts';

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
const commands = [...readme.matchAll(/^atrous .+$/gm)].map(([line]) => line);

/** Words of a command line, quotes taken off. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);

/** A folder as the reader of the README would have it. */
async function writeWorkplace(): Promise<string> {
  const folder = newFolder();
  const voc = join(folder, 'VOCdevkit/VOC2012');
  for (const name of ['photos/deep', 'VOCdevkit/VOC2012/JPEGImages', 'VOCdevkit/VOC2012/SegmentationClass'])
    mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['photo.jpg', 'photos/a.jpg', 'photos/deep/b.jpg'])
    await picture(90, 60).jpeg().toFile(join(folder, name));
  for (const id of ['2007_000001', '2007_000002']) {
    await picture(90, 60)
      .jpeg()
      .toFile(join(voc, 'JPEGImages', `${id}.jpg`));
    const mask = encodeMask({ width: 90, height: 60, data: new Uint8Array(90 * 60) });
    writeFileSync(join(voc, 'SegmentationClass', `${id}.png`), mask);
  }
  const preset = presets.find(({ published }) => published.endsWith('deeplabv3_257_mv_gpu.tflite')) as Preset;
  writeFileSync(join(folder, 'street.json'), JSON.stringify({ ...tinyConfig, steps: 1, validation: undefined }));
  // The format is told by the content, so a stand-in may have the published name.
  writeFileSync(join(folder, 'deeplabv3_257_mv_gpu.tflite'), readFileSync(writeCheckpoint(preset)));
  return folder;
}

describe('the README', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await writeWorkplace();
  });

  it('shows commands', () => expect(commands.length).toBeGreaterThan(7));

  it.each(commands)('%s', async (line) => {
    expect(await atrous(wordsOf(line), { cwd })).toMatchObject({ code: 0, stderr: '' });
  });

  it('names a published checkpoint that is there', () => {
    const [url] = /https:\S+\.tflite/.exec(readme) ?? [];
    expect(presets.map(({ published }) => published)).toContain(url);
  });

  it('lists every command, and none that is not there', async () => {
    const listed = [...readme.matchAll(/^\| `atrous ([\w-]+)/gm)].map(([, name]) => name);
    const { stdout } = await atrous(['--help']);
    const known = [...stdout.matchAll(/^ {2}([\w-]+) \[options\]/gm)].map(([, name]) => name);
    expect(listed).toEqual(known);
  });

  it('describes a network as --model takes it', async () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    writeFileSync(join(cwd, 'config.json'), json);
    expect(await atrous(['describe', 'config.json', '--no-layers'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });
});

it('every command has help with an example and --json', async () => {
  for (const name of [
    'segment',
    'evaluate',
    'crf-tune',
    'train',
    'convert',
    'describe',
    'models',
    'backends',
    'plugins',
    'bench',
  ]) {
    const { code, stdout } = await atrous([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}atrous /);
    expect(stdout).toContain('--json');
  }
});
