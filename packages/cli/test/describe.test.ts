import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OptimizationDescription } from '../src/describe/describe-optimization.ts';
import type { NetworkDescription } from '../src/describe/describe-graph.ts';
import { newFolder } from './image-zoo.ts';
import { pluginFile } from './plugin-file.ts';
import { atrous } from './run-atrous.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

interface Described extends NetworkDescription {
  readonly name: string;
  readonly optimization?: OptimizationDescription;
}

const describeJson = async (...argv: readonly string[]): Promise<Described> => {
  const { code, stdout, stderr } = await atrous(['describe', ...argv, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Described;
};

describe('describe', () => {
  it('lists layers with shapes, costs, strides and fields of view', async () => {
    const { layers, outputStride, parameters, multiplyAdds } = await describeJson(
      await writeTinyBundle(),
      '--size',
      '64',
    );
    // Three 3×3 convolutions of stride 2: 3→8, 8→8, 8→16, then 1×1 to 21 classes.
    const convolutions = [3 * 9 * 8, 8 * 9 * 8, 8 * 9 * 16, 16 * 21];
    expect(parameters).toBe(convolutions.reduce((sum, count) => sum + count) + 8 + 8 + 16 + 21);
    expect(multiplyAdds).toBe(
      convolutions[0]! * 32 ** 2 + convolutions[1]! * 16 ** 2 + convolutions[2]! * 8 ** 2 + convolutions[3]! * 8 ** 2,
    );
    expect(outputStride).toBe(8);
    expect(layers.at(-1)).toMatchObject({ name: 'logits', shape: [1, 8, 8, 21], stride: 8, receptiveField: [15, 15] });
  });

  it.each([
    ['8', [200, 296, 392], [6, 9, 12]],
    ['16', [208, 400, 592], [6, 12, 18]],
  ])('tells how far the taps of atrous layers reach, at output stride %s', async (outputStride, spans, rates) => {
    const head = `head=${JSON.stringify({ name: 'aspp', atrousRates: rates })}`;
    const { layers } = await describeJson('deeplabv3', '--output-stride', outputStride, '--set', head);
    const span = (name: string) => layers.find((layer) => layer.name === name)?.tapsSpan;
    expect(['head/aspp1', 'head/aspp2', 'head/aspp3'].map(span)).toEqual(spans.map((side) => [side, side]));
    expect(span('logits')).toEqual([Number(outputStride), Number(outputStride)]);
  });

  it('counts what is left to compute after optimizing', async () => {
    const decoder = ['--set', 'decoder={"name":"decoder","depth":1}', '--set', 'backbone=mobilenet-v2'];
    const { multiplyAdds, optimization } = await describeJson('deeplab-v3-plus', ...decoder, '--optimize');
    expect(optimization?.before.multiplyAdds).toBe(multiplyAdds);
    // The decoder's 3×3 convolution of 256 enlarged channels, 129 × 129 → 33 × 33.
    const large = 129 ** 2 * 9 * 256 ** 2;
    const small = 33 ** 2 * 9 * 256 ** 2;
    expect(optimization?.after.multiplyAdds).toBeLessThan(multiplyAdds - large + 1.1 * small);
    const sums = optimization?.kinds.find(({ kind }) => kind === 'interpolateTaps');
    expect(sums).toMatchObject({ before: { operations: 0 }, after: { operations: 1 } });
    const { stdout } = await atrous(['describe', await writeTinyBundle(), '--size', '64', '--no-layers', '--optimize']);
    expect(stdout).toMatch(/^all +\d+ +\d+ +[\d,]+ +[\d,]+$/m);
  });

  it('builds models with backbones of plugins', async () => {
    const backbone = `
      const make = ({ width = 8 } = {}) => ({
        kind: 'backbone', name: 'mine', options: { width },
        build(builder, image) {
          const once = builder.conv2d(image, { name: 'a', filters: width, kernel: 3, stride: 4, nominal: true });
          const twice = builder.conv2d(once, { name: 'b', filters: 2 * width, kernel: 3, stride: 4, nominal: true });
          return { c2: builder.feature(once), c5: builder.feature(twice) };
        },
      });
      export const mine = Object.assign(make, { kind: 'backbone', description: 'Two convolutions', defaults: { width: 8 } });
      Object.defineProperty(mine, 'name', { value: 'mine' });`;
    const plugin = ['--plugin', pluginFile(backbone)];
    const { layers, outputStride } = await describeJson(
      'deeplabv3plus',
      '--backbone',
      'mine',
      '--size',
      '65',
      ...plugin,
    );
    expect(outputStride).toBe(16);
    expect(layers.filter(({ name }) => name.startsWith('backbone/')).map(({ shape }) => shape)).toEqual([
      [1, 17, 17, 8],
      [1, 5, 5, 16],
    ]);
    const wide = await describeJson('deeplabv3', '--set', 'backbone={"name":"mine","width":3}', ...plugin);
    expect(wide.layers.find(({ name }) => name === 'backbone/b')?.shape.at(-1)).toBe(6);
    expect(await atrous(['describe', 'deeplabv3', '--backbone', 'mine'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('backbone "mine" is not known') as unknown,
    });
  });

  it('builds networks for images with another number of channels', async () => {
    const { inputShape, layers } = await describeJson('deeplabv3', '--size', '65', '--set', 'inputChannels=4');
    expect(inputShape).toEqual([1, 65, 65, 4]);
    // MobileNetV2's first convolution: 32 filters of 3×3, and gamma and beta behind it.
    expect(layers.find(({ kind }) => kind === 'conv2d')?.parameters).toBe(9 * 4 * 32);
    const { stdout } = await atrous([
      'describe',
      'dilation-frontend-vgg16',
      '--size',
      '400',
      '--set',
      'inputChannels=1',
    ]);
    expect(stdout).toContain('input          400x400x1\n');
  });

  it('finds models however they are written, and builds them with other options', async () => {
    const plain = await describeJson('DeepLabV3+', '--size', '129');
    expect(plain).toMatchObject({ name: 'deeplab-v3-plus', outputStride: 16 });
    const wide = await describeJson('deeplabv3plus', '--size', '129', '--set', 'numClasses=5', '--output-stride', '8');
    expect(wide.outputStride).toBe(8);
    expect(wide.layers.at(-1)?.shape.at(-1)).toBe(5);
    expect(wide.multiplyAdds).toBeGreaterThan(plain.multiplyAdds);
    const half = await describeJson(
      'deeplabv3plus',
      '--set',
      'backbone.name=mobilenet-v2',
      '--set',
      'backbone.depthMultiplier=0.5',
    );
    expect(half.parameters).toBeLessThan(plain.parameters);
  });

  it('reads a config.json', async () => {
    const path = join(newFolder(), 'mine.json');
    writeFileSync(path, JSON.stringify({ model: { name: 'deeplab-v3', config: { numClasses: 7 } } }));
    const { name, layers } = await describeJson(path);
    expect([name, layers.at(-1)?.shape.at(-1)]).toEqual(['mine', 7]);
  });

  it('prints a table, or only the sums', async () => {
    const { stdout } = await atrous(['describe', 'deeplab-v3']);
    expect(stdout).toMatch(/^layer +kind +shape/);
    const sums = await atrous(['describe', 'deeplab-v3', '--no-layers']);
    expect(sums.stdout).toMatch(/^input +513x513x3\n/);
    expect(sums.stdout).toMatch(
      /field of view +\d+\neffective FOV +\d+, of the middle unit of logits\nparameters +[\d,]+ \(\d+\.\d\d M\)/,
    );
  });

  it.each([
    [['deeplab-v3-plus-xception66'], 'alike: deeplab-v3-plus-xception65'],
    [['unet'], '`atrous models` lists all'],
    [['deeplab-v3', '--set', 'nope=1'], 'its options are'],
    [['deeplab-v3', '--set', 'numClasses'], '--set numClasses=2'],
    [['deeplab-v3', '--output-stride', '7'], 'not 7'],
    [[], "missing required argument 'network'"],
  ])('exits with 2 for %j', async (argv, expected) => {
    const { code, stdout, stderr } = await atrous(['describe', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });

  it('tells the field of view of the logits, not of the auxiliary head behind them', async () => {
    const { layers } = await describeJson('deeplab-v3-resnet50-torchvision');
    expect(layers.at(-1)?.name).not.toBe('logits');
    const field = layers.find(({ name }) => name === 'logits')?.receptiveField[0];
    const { stdout } = await atrous(['describe', 'deeplab-v3-resnet50-torchvision', '--no-layers']);
    expect(stdout).toContain(`field of view  ${field}\n`);
  });

  it('exits with 1 for a config.json that is broken', async () => {
    const path = join(newFolder(), 'mine.json');
    writeFileSync(path, '{ "model": ');
    expect(await atrous(['describe', path])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not JSON') as string,
    });
  });
});
