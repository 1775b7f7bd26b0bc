import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodePng, streetScene } from '@atrous/data';
import { readBundle } from '@atrous/weights/node';
import { describe, expect, it } from 'vitest';
import type { LogEntry, StepEntry } from '../../src/train/log/log-entry.ts';
import { newFolder } from '../image-zoo.ts';
import { atrous } from '../run-atrous.ts';
import { tinyConfig, writeTinyConfig } from './tiny-config.ts';

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

const logOf = (folder: string): readonly LogEntry[] =>
  read(folder, 'log.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LogEntry);

const weightsOf = (folder: string): Buffer => readFileSync(join(folder, 'last/weights.safetensors'));

const out = (): string => join(newFolder(), 'run');

describe('train', { timeout: 60_000 }, () => {
  it('writes log, curves, event file, checkpoints and bundles that segment', async () => {
    const config = writeTinyConfig();
    const cwd = dirname(config);
    const { code, stdout, stderr } = await atrous(['train', 'tiny.json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const text of ['parameters', '200 images, 11 classes (camvid)', 'step 6/6  mIoU', 'Bicyclist'])
      expect(stdout).toContain(text);
    const run = join(cwd, 'runs/tiny');
    expect(readdirSync(run).toSorted()).toEqual(
      [
        'best',
        'checkpoints',
        'config.json',
        'curves.html',
        'curves.svg',
        'last',
        'log.jsonl',
        'tensorboard',
      ].toSorted(),
    );
    expect(readdirSync(join(run, 'checkpoints'))).toHaveLength(2);
    expect(logOf(run).map(({ event, step }) => `${event} ${step}`)).toEqual([
      'start 0',
      'step 1',
      'step 2',
      'step 3',
      'evaluation 3',
      'step 4',
      'step 5',
      'step 6',
      'evaluation 6',
      'end 6',
    ]);
    expect(read(run, 'curves.html')).toContain('done at step 6 of 6');
    expect(JSON.parse(read(run, 'config.json'))).toMatchObject({ ...tinyConfig, name: 'tiny', accumulate: 1 });

    writeFileSync(join(cwd, 'scene.png'), encodePng(streetScene({ seed: 5, width: 64, height: 48 }).image));
    const segmented = await atrous(['segment', 'scene.png', '--bundle', 'runs/tiny/best', '--out', 'o.png'], { cwd });
    expect(segmented).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(cwd, 'o.png'))).toBe(true);
  });

  it('writes bundles at the stride that is evaluated at, with filters of half the size', async () => {
    const folder = out();
    const config = writeTinyConfig({ evaluateStride: 8, half: true, license: 'Apache-2.0' });
    const { code, stdout } = await atrous(['train', config, '--out', folder, '--json']);
    expect(code).toBe(0);
    const { scores, best } = JSON.parse(stdout) as { scores: { meanIou: object }; best: { step: number } };
    expect(scores.meanIou).toBeDefined();
    expect([3, 6]).toContain(best.step);
    const bundle = await readBundle(join(folder, 'best'));
    expect(bundle.graph.outputStride).toBe(8);
    expect(bundle.manifest.provenance).toMatchObject({
      license: 'Apache-2.0',
      training: '6 steps of 2 images, seed 0',
    });
    expect(weightsOf(folder).length).toBeLessThan(51_035 * 4 * 0.8);
  });

  it('goes on from an interruption to the weights of a run that never stopped', async () => {
    const config = writeTinyConfig({ validation: undefined });
    const [whole, parts] = [out(), out()];
    await atrous(['train', config, '--out', whole, '--json']);
    const controller = new AbortController();
    const timer = setInterval(() => {
      if (existsSync(join(parts, 'log.jsonl')) && read(parts, 'log.jsonl').includes('"step":3')) controller.abort();
    }, 1);
    const stopped = await atrous(['train', config, '--out', parts, '--json'], { signal: controller.signal });
    clearInterval(timer);
    expect(stopped).toMatchObject({ code: 130, stdout: '' });
    expect(stopped.stderr).toContain('--resume goes on from the checkpoint');
    expect(logOf(parts).at(-1)).toMatchObject({ event: 'end', reason: 'interrupted' });
    expect(existsSync(join(parts, 'last'))).toBe(false);

    expect(await atrous(['train', config, '--out', parts, '--resume', '--json'])).toMatchObject({ code: 0 });
    expect(weightsOf(parts).equals(weightsOf(whole))).toBe(true);
    const losses = (folder: string) => logOf(folder).flatMap((entry) => (entry.event === 'step' ? [entry.loss] : []));
    expect(losses(parts)).toEqual(losses(whole));
  });

  it.each(['last', 'checkpoints/step-00000001.safetensors'])(
    'begins with what another run left as %s',
    async (left) => {
      const folder = out();
      await atrous(['train', writeTinyConfig({ validation: undefined, steps: 1 }), '--out', folder, '--json']);
      const config = writeTinyConfig({ weights: join(folder, left), validation: undefined, steps: 1 });
      const { code, stdout } = await atrous(['train', config, '--out', out()]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/weights +(\d+) of \1 tensors from the checkpoint \(atrous\)/);
    },
  );

  it('computes the same with less memory', async () => {
    const folders = [out(), out()];
    const config = writeTinyConfig({ validation: undefined, steps: 2, checkpointEvery: 2 });
    for (const [index, folder] of folders.entries())
      await atrous(['train', config, '--out', folder, '--set', `saveMemory=${index === 1}`, '--json']);
    const [kept, again] = folders.map((folder) =>
      logOf(folder).find(({ step, event }) => event === 'step' && step === 2),
    );
    expect((again as StepEntry).loss).toBeCloseTo((kept as StepEntry).loss, 5);
  });

  it('learns otherwise with flags', async () => {
    const folder = out();
    const flags = ['--steps', '1', '--batch', '1', '--seed', '7', '--set', 'schedule.learningRate=0.5'];
    await atrous(['train', writeTinyConfig({ validation: undefined }), '--out', folder, ...flags, '--json']);
    expect(JSON.parse(read(folder, 'config.json'))).toMatchObject({
      steps: 1,
      batchSize: 1,
      seed: 7,
      schedule: { learningRate: 0.5 },
    });
  });
});

describe('train, what it refuses', () => {
  it.each([
    [{ steps: 0 }, [], 2, 'steps: expected >=1, got 0'],
    [{ network: 'deeplab-v9' }, [], 2, 'network "deeplab-v9" is not known'],
    [{ network: { ...tinyConfig.network, config: { numClasses: 3 } } }, [], 2, 'leave numClasses away'],
    [{ weights: 'missing' }, [], 1, 'missing'],
    [{ preprocessing: { fit: { mode: 'zoom' } } }, [], 1, 'BUNDLE_PREPROCESSING'],
    [{ data: 'lego:DIR' }, [], 2, 'lego'],
    [{ data: { kind: 'street', cuont: 5 } }, [], 2, 'there is no such option'],
    [{ data: 'camvid:missing' }, [], 1, 'DATASET_FOLDER'],
    [{ augment: { classWeights: [1, 2] } }, [], 2, 'augment.classWeights has 2 numbers'],
    [{ loss: [{ kind: 'dice' }, { kind: 'focal', classWeights: [1] }] }, [], 2, 'loss.classWeights has 1 numbers'],
    [{}, ['--backend', 'reference'], 2, 'cannot train'],
    [{}, ['--resume'], 2, 'no checkpoint'],
    [{}, ['--batch', '0'], 2, 'at least 1'],
  ])('%j %j', async (changes, flags, code, message) => {
    const folder = out();
    const result = await atrous(['train', writeTinyConfig(changes), '--out', folder, ...flags]);
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) as string });
  });

  it('writes into no folder that holds something else', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'precious');
    const result = await atrous(['train', writeTinyConfig(), '--out', folder]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('is not empty') as string });
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });

  it('begins anew where a run ended before its first checkpoint', { timeout: 60_000 }, async () => {
    const folder = out();
    const config = writeTinyConfig({ validation: undefined, steps: 1, checkpointEvery: 9 });
    // A rate that nothing survives.
    const failed = await atrous([
      'train',
      config,
      '--out',
      folder,
      '--steps',
      '9',
      '--set',
      'schedule.learningRate=1e30',
    ]);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('LOSS_NOT_FINITE') as string });
    expect(logOf(folder).at(-1)).toMatchObject({ event: 'end', reason: 'failed' });
    expect(await atrous(['train', config, '--out', folder, '--json'])).toMatchObject({ code: 0 });
    expect(await atrous(['train', config, '--out', folder])).toMatchObject({ code: 2 });
  });

  it('goes on with no other configuration', { timeout: 60_000 }, async () => {
    const folder = out();
    const config = writeTinyConfig({ validation: undefined, steps: 2 });
    await atrous(['train', config, '--out', folder, '--json']);
    const result = await atrous(['train', config, '--out', folder, '--resume', '--steps', '9']);
    expect(result).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the run began with steps 2, now it is 9') as string,
    });
  });
});
