import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeMask, decodePng, voc2012 } from '@atrous/data';
import { decodeImage } from '@atrous/data/node';
import { presets, type Preset } from '@atrous/models';
import { writeSafetensors } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeCheckpoint } from './checkpoint.ts';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

const SIZE = { width: 90, height: 60 };

let bundle: string;
let photo: string;
beforeAll(async () => {
  bundle = await writeTinyBundle();
  photo = join(newFolder(), 'photo.jpg');
  await picture(SIZE.width, SIZE.height).jpeg().toFile(photo);
});

interface Result {
  readonly legend: readonly {
    readonly id: number;
    readonly name: string;
    readonly pixels: number;
    readonly share: number;
  }[];
  readonly timings: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const segment = (...argv: readonly string[]) => atrous(['segment', ...argv, '--bundle', bundle]);

const segmentJson = async (...argv: readonly string[]): Promise<Result> => {
  const { code, stdout, stderr } = await segment(photo, ...argv, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return (JSON.parse(stdout) as { images: readonly [Result] }).images[0];
};

describe('segment', () => {
  it('prints the legend of one image: class, colour, area, largest first', async () => {
    const { code, stdout } = await segment(photo, '--out', join(newFolder(), 'x.png'));
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^class +color +area +pixels$/);
    const shares = lines.slice(1, -1).map((line) => {
      const [, name, color, share] = /^(\w+) +#([0-9a-f]{6}) +([\d.]+) % +[\d,]+$/.exec(line) ?? [];
      const known = voc2012.classes.find((one) => one.name === name);
      expect(color).toBe(Buffer.from(known?.color ?? []).toString('hex'));
      return Number(share);
    });
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
    expect(lines.at(-1)).toMatch(/^wrote .+x\.png$/);
  });

  it('writes a mask whose counts are the legend, as palette indices', async () => {
    const { legend, outputs } = await segmentJson('--mask', '--out', newFolder());
    const { data, palette } = decodeMask(readFileSync(outputs['mask'] ?? ''));
    for (const { id, pixels } of legend) expect(data.filter((label) => label === id)).toHaveLength(pixels);
    expect(palette?.slice(0, 21)).toEqual(voc2012.classes.map(({ color }) => color));
  });

  it('lays colours over the photo, as strong as asked for', async () => {
    const { outputs } = await segmentJson('--opacity', '0', '--overlay', '--out', newFolder());
    const { data } = await decodeImage(photo);
    expect(decodePng(readFileSync(outputs['overlay'] ?? '')).data).toEqual(data);
    const solid = await segmentJson('--opacity', '1', '--overlay', '--out', newFolder());
    expect(decodePng(readFileSync(solid.outputs['overlay'] ?? '')).data).not.toEqual(data);
  });

  it('draws confidence from violet to yellow', async () => {
    const { outputs } = await segmentJson('--confidence', '--out', newFolder());
    const image = decodePng(readFileSync(outputs['confidence'] ?? ''));
    expect({ width: image.width, height: image.height }).toEqual(SIZE);
    // Of 21 classes the likeliest has at least 1/21: never the darkest violet, nor was it certain anywhere.
    for (let i = 0; i < image.data.length; i += 4) expect(image.data[i + 1]).toBeGreaterThan(1);
  });

  it('writes nothing for --json alone, and prints shares and times', async () => {
    const { legend, timings, outputs } = await segmentJson();
    expect(outputs).toEqual({});
    expect(legend.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(Object.keys(timings)).toEqual(['preprocess', 'run', 'postprocess']);
  });

  it('takes folders and patterns, and keeps the folders of a pattern', async () => {
    const cwd = newFolder();
    mkdirSync(join(cwd, 'in/deep'), { recursive: true });
    for (const name of ['in/a.jpg', 'in/deep/b.png']) await picture(20, 30).toFile(join(cwd, name));
    const { code, stdout } = await atrous(['segment', 'in/**/*', '--bundle', bundle], { cwd });
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(':')[0])).toEqual(['a.jpg', 'b.png', '']);
    const written = readdirSync(join(cwd, 'segmented'), { recursive: true }).map(String).sort();
    expect(written).toEqual(['a.overlay.png', 'deep', join('deep', 'b.overlay.png')]);
  });

  it.each([
    [['--opacity', '2'], 2, 'between 0 and 1'],
    [['--out', 'x.jpg'], 2, 'results are PNG files'],
    [['--backend', 'gpu'], 2, 'known: auto, wasm, simd, webgpu'],
    [['--checkpoint', 'x'], 2, 'two networks given'],
    [['--plugin', 'no-such-plugin'], 2, 'npm install no-such-plugin'],
  ])('%j exits with %i', async (flags, code, expected) => {
    const result = await segment(photo, ...flags);
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(expected) as string });
  });

  it('takes the network that comes along when none is given, and says where others are', async () => {
    const out = join(newFolder(), 'out.png');
    const { code, stderr } = await atrous(['segment', photo, '--out', out]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/no network given.+streets in 11 classes.+\nhint: --checkpoint PATH .+atrous models/);
    expect(existsSync(out)).toBe(true);
    const lost = await atrous(['segment', photo, '--labels', 'voc2012', '--out', out]);
    expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining('none is given') as string });
  });

  it('warns when the checkpoint holds more than the network found in it', async () => {
    const preset = presets.find(({ name }) => name.endsWith('portrait')) as Preset;
    const { tensors } = await openCheckpoint(writeCheckpoint(preset));
    const more = new Map(tensors).set('decoder/conv0/weights', {
      dtype: 'float32',
      shape: [1],
      data: Float32Array.of(1),
    });
    const checkpoint = join(newFolder(), 'more.safetensors');
    writeFileSync(checkpoint, writeSafetensors(more));
    const { code, stderr } = await atrous(['segment', photo, '--checkpoint', checkpoint, '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: .+ unused \(1\), the first is "decoder\/conv0\/weights"\nhint: /);
  });

  it('says what is wrong with a bundle', async () => {
    const { code, stderr } = await atrous(['segment', photo, '--bundle', newFolder()]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('[BUNDLE_FILE]') as string });
  });
});
