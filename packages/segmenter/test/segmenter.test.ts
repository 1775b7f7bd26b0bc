import { createGraphBuilder, tensor, type Executable, type Progress, type Runtime } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { createSegmenter } from '@atrous/segmenter';
import { createBundle } from '@atrous/weights';
import { describe, expect, it } from 'vitest';
import { colorLabels, paint, plain, tinyBundle } from './support/tiny-bundle.ts';

const runtime = referenceRuntime();
const halves = paint(6, 4, (x) => (x < 2 ? [0, 0, 0] : [0, 255, 0]));

/** A runtime whose runs end when told to. */
function pausedRuntime() {
  const waiting: (() => void)[] = [];
  const log: string[] = [];
  const paused: Runtime = {
    ...runtime,
    async compile(...args): Promise<Executable> {
      const executable = await runtime.compile(...args);
      return {
        ...executable,
        async run(...input) {
          log.push('run');
          await new Promise<void>((resolve) => waiting.push(resolve));
          const outputs = await executable.run(...input);
          log.push('ran');
          return outputs;
        },
        dispose() {
          log.push('freed');
          executable.dispose();
        },
      };
    },
  };
  const proceed = async () => {
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    waiting.shift()?.();
  };
  return { paused, log, proceed };
}

describe('segment', () => {
  it('labels every pixel of the source and says what is there, largest first', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const { width, height, labels, labelMap, legend, timings, confidence, probabilities } =
      await segmenter.segment(halves);
    expect([width, height]).toEqual([6, 4]);
    expect(labels).toEqual(Uint8Array.from({ length: 24 }, (_, index) => (index % 6 < 2 ? 0 : 2)));
    expect(labelMap).toBe(colorLabels);
    expect(legend).toEqual([
      { id: 2, name: 'green', color: [0, 255, 0], pixels: 16, share: 16 / 24 },
      { id: 0, name: 'background', color: [0, 0, 0], pixels: 8, share: 8 / 24 },
    ]);
    expect([confidence, probabilities]).toEqual([undefined, undefined]);
    expect(Object.values(timings).every((milliseconds) => milliseconds >= 0)).toBe(true);
  });

  it('gives probabilities in the order of channels, and the confidence of each label', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const { probabilities, confidence } = await segmenter.segment(halves, { probabilities: true, confidence: true });
    const sum = Math.exp(1) + Math.exp(4) + 2;
    const expected = [Math.exp(1) / sum, 1 / sum, Math.exp(4) / sum, 1 / sum];
    expected.forEach((value, label) => expect(probabilities?.[5 * 4 + label]).toBeCloseTo(value, 6));
    expect(confidence?.[5]).toBeCloseTo(expected[2] as number, 6);
    expect(probabilities?.length).toBe(24 * 4);
  });

  it('brings labels back to the size of the source when it was shrunk', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const { labels, width, height } = await segmenter.segment(
      paint(90, 60, (x) => (x < 45 ? [255, 0, 0] : [0, 0, 255])),
    );
    expect([width, height, labels.length]).toEqual([90, 60, 5400]);
    expect([labels[0], labels[30], labels[60], labels[5399]]).toEqual([1, 1, 3, 3]);
  });

  it.each([
    ['one pixel', 1, 1],
    ['one column', 1, 4000],
    ['one row', 4000, 1],
  ])('works on %s', async (_, width, height) => {
    for (const fit of [
      { mode: 'pad', size: [9, 9], value: 0 },
      { mode: 'stretch', size: [9, 9] },
      { mode: 'multiple', of: 8, plus: 1, maxSide: 33 },
    ] as const) {
      using segmenter = await createSegmenter({ bundle: tinyBundle({ fit }, 8), runtime });
      const { labels, legend } = await segmenter.segment(paint(width, height, () => [0, 0, 255]));
      expect(labels.length).toBe(width * height);
      expect(legend).toHaveLength(1);
    }
  });

  it('draws', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const segmentation = await segmenter.segment(paint(2, 1, (x) => (x === 0 ? [0, 0, 0] : [0, 200, 0])));
    expect([...segmentation.colored().data]).toEqual([0, 0, 0, 255, 0, 255, 0, 255]);
    expect([...segmentation.overlay({ opacity: 1 }).data]).toEqual([0, 0, 0, 255, 0, 255, 0, 255]);
    expect([...segmentation.overlay({ opacity: 0 }).data]).toEqual([0, 0, 0, 255, 0, 200, 0, 255]);
    expect(segmentation.mask()).toEqual({
      width: 2,
      height: 1,
      data: Uint8Array.of(0, 2),
      palette: colorLabels.classes.map(({ color }) => color),
    });
  });

  it('reports preprocess, run and postprocess, each to its end', async () => {
    const compiled: Progress[] = [];
    using segmenter = await createSegmenter({
      bundle: tinyBundle(),
      runtime,
      onProgress: (progress) => compiled.push(progress),
    });
    expect(compiled.at(-1)).toMatchObject({ phase: 'compile', completed: 1, total: 1 });
    const seen: Progress[] = [];
    await segmenter.segment(halves, { onProgress: (progress) => seen.push(progress) });
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(['preprocess', 'run', 'postprocess']);
    for (const phase of ['preprocess', 'run', 'postprocess']) {
      const last = seen.filter((progress) => progress.phase === phase).at(-1);
      expect(last?.completed).toBe(last?.total);
    }
  });

  it('never reports less than before within a phase', async () => {
    using segmenter = await createSegmenter({
      bundle: tinyBundle({ fit: { mode: 'stretch', size: [400, 400] } }, 8),
      runtime,
    });
    const seen: Progress[] = [];
    const large = paint(1600, 1600, (x) => [x % 256, 0, 0]);
    await segmenter.segment(large, { probabilities: true, onProgress: (progress) => seen.push(progress) });
    for (const phase of ['preprocess', 'run', 'postprocess']) {
      const shares = seen.filter((one) => one.phase === phase).map(({ completed, total = NaN }) => completed / total);
      expect(shares.length).toBeGreaterThan(1);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    }
  });

  it('answers calls that overlap with their own results', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const colors = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [0, 0, 0],
    ] as const;
    const results = await Promise.all(
      colors.map((color, index) => segmenter.segment(paint(index + 1, 2, () => color))),
    );
    expect(results.map(({ width, legend }) => [width, legend[0]?.id])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 0],
    ]);
  });

  it('goes on after a call that failed', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const failing = segmenter.segment({ shape: [1, 1, 3], data: Float32Array.of(NaN, 0, 0) });
    const following = segmenter.segment(halves);
    await expect(failing).rejects.toMatchObject({ code: 'NOT_FINITE' });
    expect((await following).legend[0]?.name).toBe('green');
  });

  it('holds no more after many pictures than after one', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const before = segmenter.memory();
    expect(before.tensors).toBe(2);
    for (let round = 0; round < 200; round++) await segmenter.segment(halves);
    expect(segmenter.memory()).toEqual(before);
  });
});

describe('createSegmenter', () => {
  it('refuses preprocessing that does not fit the network', async () => {
    const bundle = tinyBundle();
    const [input, ...rest] = bundle.graph.nodes;
    const fixed = { ...bundle.graph, nodes: [{ ...input, shape: [1, 8, 8, 3] }, ...rest] } as typeof bundle.graph;
    await expect(createSegmenter({ bundle: { ...bundle, graph: fixed }, runtime })).rejects.toMatchObject({
      code: 'SEGMENTER_GRAPH',
      message: 'the preprocessing gives the network [1, 9, 9, 3], its input is [1, 8, 8, 3]',
    });
  });

  it.each([1, 4])('refuses networks for images of %i channels', async (channels) => {
    const builder = createGraphBuilder();
    const image = builder.input({ shape: [null, null, null, channels] });
    const logits = builder.conv2d(image, { name: 'logits', filters: 4, kernel: 1 });
    const weights = new Map([['logits/weights', tensor(new Float32Array(channels * 4), [1, 1, channels, 4])]]);
    const bundle = createBundle({
      name: 'depth',
      graph: builder.build({ logits }),
      weights,
      labels: colorLabels,
      preprocessing: plain,
    });
    await expect(createSegmenter({ bundle, runtime })).rejects.toMatchObject({
      name: 'ShapeError',
      code: 'INPUT_CHANNELS',
      message: `the network reads images of ${channels} channels, pictures have 3: red, green and blue`,
      hint: expect.stringContaining('inputChannels: 3') as unknown,
    });
  });

  it('refuses preprocessing that contradicts itself', async () => {
    const bundle = tinyBundle({ fit: { mode: 'multiple', of: 16, plus: 1, maxSide: 16 } });
    await expect(createSegmenter({ bundle, runtime })).rejects.toMatchObject({ name: 'ShapeError', code: 'FIT' });
  });

  it('rejects with the reason of a signal that is aborted', async () => {
    const signal = AbortSignal.abort(new Error('changed my mind'));
    await expect(createSegmenter({ bundle: tinyBundle(), runtime, signal })).rejects.toThrow('changed my mind');
  });
});

describe('aborting', () => {
  const large = paint(1500, 1500, (x, y) => [x % 256, y % 256, 0]);
  const phases = ['preprocess', 'run', 'postprocess'] as const;

  it('rejects at once when aborted before', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const signal = AbortSignal.abort(new Error('before'));
    await expect(segmenter.segment(halves, { signal })).rejects.toThrow('before');
  });

  it.each(phases)('stops in the midst of %s', async (phase) => {
    using segmenter = await createSegmenter({
      bundle: tinyBundle({ fit: { mode: 'stretch', size: [33, 33] } }),
      runtime,
    });
    await segmenter.segment(large, { probabilities: true });
    const before = segmenter.memory();
    const controller = new AbortController();
    const seen: Progress[] = [];
    const aborted = segmenter.segment(large, {
      probabilities: true,
      signal: controller.signal,
      onProgress(progress) {
        seen.push(progress);
        if (progress.phase === phase) controller.abort(new Error(`in ${phase}`));
      },
    });
    await expect(aborted).rejects.toThrow(`in ${phase}`);
    expect(seen.filter((progress) => progress.phase === phase)).toHaveLength(1);
    expect(seen.at(-1)?.completed).not.toBe(seen.at(-1)?.total);
    expect(segmenter.memory()).toEqual(before);
    expect((await segmenter.segment(halves)).width).toBe(6);
  });

  it('lets the rest of the program run meanwhile, so that it can abort', async () => {
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const signal = AbortSignal.timeout(30);
    await expect(segmenter.segment(large, { signal, probabilities: true })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('takes a waiting call out of the queue without waiting for its turn', async () => {
    const { paused, log, proceed } = pausedRuntime();
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime: paused });
    const controller = new AbortController();
    const first = segmenter.segment(halves);
    const second = segmenter.segment(halves, { signal: controller.signal });
    const third = segmenter.segment(halves);
    controller.abort(new Error('no longer needed'));
    await expect(second).rejects.toThrow('no longer needed');
    expect(log).toEqual(['run']);
    await proceed();
    await proceed();
    await Promise.all([first, third]);
    expect(log).toEqual(['run', 'ran', 'run', 'ran']);
  });
});

describe('disposing', () => {
  it('frees the network and refuses later calls', async () => {
    const segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    segmenter.dispose();
    segmenter.dispose();
    expect(segmenter.memory()).toEqual({ tensors: 0, bytes: 0 });
    await expect(segmenter.segment(halves)).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('lets the running call end, rejects the waiting ones, then frees', async () => {
    const { paused, log, proceed } = pausedRuntime();
    const segmenter = await createSegmenter({ bundle: tinyBundle(), runtime: paused });
    const running = segmenter.segment(halves);
    while (log.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const waiting = segmenter.segment(halves);
    const refused = expect(waiting).rejects.toMatchObject({ code: 'DISPOSED' });
    const freed = segmenter[Symbol.asyncDispose]();
    await proceed();
    expect((await running).legend[0]?.name).toBe('green');
    await refused;
    await freed;
    expect(log).toEqual(['run', 'ran', 'freed']);
  });

  it('is done by `await using`', async () => {
    const { paused, log, proceed } = pausedRuntime();
    {
      await using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime: paused });
      void proceed();
      await segmenter.segment(halves);
    }
    expect(log).toEqual(['run', 'ran', 'freed']);
  });
});
