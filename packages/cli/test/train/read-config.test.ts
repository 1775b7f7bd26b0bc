import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrainConfig } from '../../src/train/config/read-config.ts';
import { newFolder } from '../image-zoo.ts';

const least = { network: 'deeplabv3plus', data: 'camvid:camvid', steps: 600 };

function write(content: unknown, name = 'small.json'): string {
  const path = join(newFolder(), name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe('readTrainConfig', () => {
  it('fills in every default', async () => {
    expect(await readTrainConfig(write(least))).toMatchObject({
      network: 'deeplabv3plus',
      data: { kind: 'camvid', path: 'camvid' },
      steps: 600,
      name: 'small',
      seed: 0,
      batchSize: 8,
      cropSize: [257, 257],
      optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 1e-4, decayNormsAndBiases: false },
      schedule: { kind: 'poly', power: 0.9, end: 0 },
      augment: { scale: [0.5, 2], flip: 0.5, rotate: 0, blur: 0 },
      loss: { kind: 'cross-entropy' },
    });
  });

  it('lays flags over the file', async () => {
    const path = write({ ...least, schedule: { kind: 'cosine', learningRate: 0.1, warmUp: 5 } });
    const overrides = { steps: 3, schedule: { learningRate: 0.2 } };
    expect(await readTrainConfig(path, overrides)).toMatchObject({
      steps: 3,
      schedule: { kind: 'cosine', learningRate: 0.2, warmUp: 5 },
    });
  });

  it.each([
    [{ steps: 0 }, 'steps: expected >=1, got 0'],
    [{ setps: 5 }, 'setps: there is no such option'],
    [{ augment: { zoom: 2 } }, 'augment.zoom: there is no such option'],
    [{ loss: { kind: 'mse' } }, 'loss.kind: expected ("cross-entropy" | '],
    [{ loss: { kind: 'focal', alpha: 1 } }, 'loss.alpha: there is no such option'],
    [{ schedule: { kind: 'poly' } }, 'schedule.learningRate: it is missing'],
    [{ optimizer: { kind: 'sgd', momentum: '0.9' } }, 'optimizer.momentum: expected number, got "0.9"'],
    [{ cropSize: [257] }, 'cropSize.1: it is missing'],
    [{ cropSize: [257, 257, 3] }, 'cropSize.2: there are too many numbers'],
    [{ loss: [{ kind: 'dice' }, { kind: 'focal', gamma: -1 }] }, 'loss.1.gamma: expected >=0, got -1'],
    [{ loss: [] }, 'loss: '],
    [{ network: { config: {} } }, 'network.name: it is missing'],
    [{ network: { name: 'x', options: {} } }, 'network.options: there is no such option'],
    [{ data: 7 }, 'data: expected string, got 7'],
    [{ validation: {} }, 'validation.path: it is missing'],
    [{ validation: { kind: 'coco', path: 'x' } }, 'validation.kind: '],
    [{ data: { kind: 'camvid' } }, 'data.path: it is missing'],
    [{ data: { kind: 'street', cuont: 5 } }, 'data.cuont: there is no such option'],
    [{ preprocessing: { mean: [0, 0] } }, 'preprocessing.mean.2: it is missing'],
    [{ augment: { flip: 2 } }, 'augment.flip: expected <=1, got 2'],
    [{ seed: 1.5 }, 'seed: expected a whole number, got 1.5'],
  ])('names what is wrong with %j', async (change, message) => {
    const path = write({ ...least, ...change });
    await expect(readTrainConfig(path)).rejects.toMatchObject({
      code: 'TRAIN_CONFIG',
      message: expect.stringContaining(`${path}: ${message}`) as string,
      hint: expect.stringContaining('docs/guides/training.md') as string,
    });
  });

  it('names an option that is missing', async () => {
    await expect(readTrainConfig(write({ network: 'x', data: 'y' }))).rejects.toThrow('steps: it is missing');
  });

  it('refuses what is no object', async () => {
    await expect(readTrainConfig(write([1]))).rejects.toMatchObject({ code: 'TRAIN_CONFIG' });
  });
});
