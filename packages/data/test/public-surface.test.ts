import * as data from '@atrous/data';
import * as node from '@atrous/data/node';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const portable = [
  'ade20k',
  'ade20k150',
  'balancedCrop',
  'camvid',
  'cityscapes',
  'cocoStuff',
  'colorize',
  'compose',
  'createBatches',
  'decodeMask',
  'decodePng',
  'encodeMask',
  'encodePng',
  'genericLabels',
  'labelMaps',
  'overlay',
  'personParts',
  'photometric',
  'portrait',
  'prefetchBatches',
  'randomBlur',
  'randomCrop',
  'randomFlip',
  'randomRotate',
  'randomScale',
  'resizeImage',
  'resizeMask',
  'streetDataset',
  'streetScene',
  'subsampleMask',
  'transformOf',
  'voc2012',
  'vocPalette',
];

it('exports what it says, all of it also for Node', () => {
  expect(Object.keys(data).toSorted()).toEqual(portable);
  expect(Object.keys(node).toSorted()).toEqual(
    [
      ...portable,
      'camvidDataset',
      'datasetKinds',
      'decodeImage',
      'defineDataset',
      'doctor',
      'findSplits',
      'openBatches',
      'openDataset',
      'openMask',
      'parseDatasetSpec',
      'vocDataset',
    ].toSorted(),
  );
});

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    conditions: ['@atrous/source'],
    minify: true,
    write: false,
  });
  return outputFiles[0]!.text;
}

it('is built for browsers without anything of Node', async () => {
  expect(await bundle(`export * from '@atrous/data';`)).not.toMatch(/node:|sharp/);
});

it('leaves out label maps and codecs that are not used', async () => {
  const text = await bundle(`export { voc2012 } from '@atrous/data';`);
  expect(text).toContain('pottedplant');
  expect(text).not.toMatch(/bannister|IHDR|traffic light/);
  expect(text.length).toBeLessThan(1_500);
});
