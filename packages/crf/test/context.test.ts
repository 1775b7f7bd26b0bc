import type { Progress } from '@atrous/core';
import { createDenseCrf, crfPresets, denseCrf, type CrfEngine, type CrfRunOptions, type FieldSpec } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { expect, it } from 'vitest';
import { keepField } from '../src/keep-field.ts';

const [width, height] = [6, 5];
const picture = (seed: number) => ({
  ...{ width, height },
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * i * seed + 91 * seed) % 256),
});
const image = picture(7);
const probabilities = Float32Array.from({ length: width * height * 3 }, (_, i) => (1 + Math.sin(i * 3)) / 2);

/** The exact engine, and what was asked of it. */
function watched() {
  const log: string[] = [];
  const engine = exact();
  const spy: CrfEngine = {
    ...engine,
    async prepare(spec, options) {
      log.push(`prepare ${spec.kernels.map(({ kind }) => kind).join(' ')}`);
      const field = await engine.prepare(spec, options);
      const dispose = () => {
        log.push('dispose');
        field.dispose();
      };
      return {
        ...field,
        memory: field.memory,
        dispose,
        infer(problem, longRunning) {
          log.push(`infer ${problem.labels}`);
          return field.infer(problem, longRunning);
        },
        update(next, longRunning) {
          log.push(`update ${next.kernels.map(({ kind }) => kind).join(' ')}`);
          return field.update(next, longRunning);
        },
      };
    },
  };
  return { spy, log };
}

const once = (options: CrfRunOptions, seed = 7) => denseCrf({ image: picture(seed), engine: exact(), ...options });

it('prepares once for other unaries, labels, weights and iterations', async () => {
  const { spy, log } = watched();
  using crf = await createDenseCrf({ image, engine: spy });
  expect(log).toEqual([]);
  await crf.run({ probabilities });
  await crf.run({ probabilities: probabilities.subarray(0, 60), bilateralWeight: 9, iterations: 2 });
  const labels = new Uint8Array(width * height);
  const result = await crf.run({ labels, numClasses: 4, gaussianWeight: { perLabel: Float32Array.of(1, 2, 3, 4) } });
  expect(log).toEqual(['prepare gaussian bilateral', 'infer 3', 'infer 2', 'infer 4']);
  const weights = { gaussianWeight: { perLabel: Float32Array.of(1, 2, 3, 4) } };
  expect(result).toEqual(await once({ labels, numClasses: 4, ...weights }));
});

it('goes on in the same field with another standard deviation', async () => {
  const { spy, log } = watched();
  using crf = await createDenseCrf({ image, engine: spy });
  await crf.run({ probabilities });
  const other = await crf.run({ probabilities, bilateralXyStd: 5 });
  expect(log).toEqual(['prepare gaussian bilateral', 'infer 3', 'update gaussian bilateral', 'infer 3']);
  expect(other).toEqual(await once({ probabilities, bilateralXyStd: 5 }));
});

it('leaves out a kernel without weight', async () => {
  const { spy, log } = watched();
  using crf = await createDenseCrf({ width, height, engine: spy, bilateralWeight: 0 });
  await crf.run({ probabilities });
  expect(log[0]).toBe('prepare gaussian');
});

it('goes on with another picture as if it had begun with it', async () => {
  const { spy, log } = watched();
  using crf = await createDenseCrf({ image, engine: spy, normalization: 'before' });
  await crf.run({ probabilities });
  crf.setImage(picture(11));
  const result = await crf.run({ probabilities });
  expect(log).toEqual(['prepare gaussian bilateral', 'infer 3', 'update gaussian bilateral', 'infer 3']);
  expect(result).toEqual(await once({ probabilities, normalization: 'before' }, 11));
  expect(result).not.toEqual(await once({ probabilities, normalization: 'before' }));
  expect(() => crf.setImage({ ...image, width: 5 })).toThrow('needs 3 or 4 bytes a pixel');
});

it('takes the same array for another picture, as frames of a video often lie in one', async () => {
  const frame = picture(7);
  using crf = await createDenseCrf({ image: frame, engine: exact() });
  await crf.run({ probabilities });
  frame.data.set(picture(11).data);
  crf.setImage(frame);
  expect(await crf.run({ probabilities })).toEqual(await once({ probabilities }, 11));
});

it('goes on with an ImageData, whose properties are those of its class', async () => {
  class Frame {
    get width() {
      return width;
    }
    get height() {
      return height;
    }
    get data() {
      return picture(11).data;
    }
  }
  using crf = await createDenseCrf({ image, engine: exact() });
  crf.setImage(new Frame());
  expect(await crf.run({ probabilities })).toEqual(await once({ probabilities }, 11));
});

it('runs on the picture that was there when it was asked', async () => {
  using crf = await createDenseCrf({ image, engine: exact() });
  const first = crf.run({ probabilities });
  crf.setImage(picture(11));
  const second = crf.run({ probabilities });
  expect(await first).toEqual(await once({ probabilities }));
  expect(await second).toEqual(await once({ probabilities }, 11));
});

it('goes on with a picture of another size, on the same engine', async () => {
  const { spy, log } = watched();
  using crf = await createDenseCrf({ image, engine: spy });
  await crf.run({ probabilities });
  const small = { width: 4, height: 3, data: image.data.subarray(0, 36) };
  crf.setImage(small);
  expect(crf).toMatchObject({ width: 4, height: 3 });
  const unary = { probabilities: probabilities.subarray(0, 24) };
  const result = await crf.run(unary);
  expect(result).toEqual(await denseCrf({ image: small, engine: exact(), ...unary }));
  expect(result).toMatchObject({ width: 4, height: 3 });
  expect(log).toEqual(['prepare gaussian bilateral', 'infer 3', 'update gaussian bilateral', 'infer 2']);
  await expect(crf.run({ probabilities: probabilities.subarray(0, 25) })).rejects.toMatchObject({ code: 'SHAPE' });
});

it('takes another engine with nothing left of the first', async () => {
  const [first, second] = [watched(), watched()];
  const keeper = keepField();
  const spec: FieldSpec = { width, height, kernels: [{ kind: 'gaussian', xyStd: 2 }] };
  await keeper.fieldFor(first.spy, spec, {});
  await keeper.fieldFor(second.spy, spec, {});
  expect(first.log).toEqual(['prepare gaussian', 'dispose']);
  expect(second.log).toEqual(['prepare gaussian']);
});

it('lets runs wait for each other', async () => {
  using crf = await createDenseCrf({ image, engine: exact() });
  const results = await Promise.all([3, 5, 3].map((bilateralXyStd) => crf.run({ probabilities, bilateralXyStd })));
  expect(results[0]).toEqual(results[2]);
  expect(results[1]).toEqual(await once({ probabilities, bilateralXyStd: 5 }));
});

it('takes parameters of the run before those of the context, and those before the preset', async () => {
  using crf = await createDenseCrf({ image, engine: exact(), preset: 'deeplab-v1', bilateralWeight: 1 });
  expect(await crf.run({ probabilities })).toEqual(
    await once({ probabilities, ...crfPresets['deeplab-v1'], bilateralWeight: 1 }),
  );
  expect(await crf.run({ probabilities, bilateralWeight: 2, preset: undefined })).toEqual(
    await once({ probabilities, ...crfPresets['deeplab-v1'], bilateralWeight: 2 }),
  );
});

it('labels each pixel with its largest marginal', async () => {
  const { labels, marginals } = await once({ probabilities });
  for (const [pixel, label] of labels.entries()) {
    const row = marginals.subarray(3 * pixel, 3 * pixel + 3);
    expect(label).toBe(row.indexOf(Math.max(...row)));
  }
});

it('takes any kernels instead of the two', async () => {
  const xyStd = 2;
  const kernels = [{ kind: 'gaussian', xyStd, weight: 2 }] as const;
  expect(await once({ probabilities, kernels })).toEqual(
    await once({ probabilities, gaussianXyStd: xyStd, gaussianWeight: 2, bilateralWeight: 0 }),
  );
});

it('reports progress and can be aborted, and works afterwards', async () => {
  using crf = await createDenseCrf({ image, engine: exact() });
  const steps: Progress[] = [];
  const abort = new AbortController();
  const onProgress = (progress: Progress) => void steps.push(progress);
  await crf.run({ probabilities, onProgress });
  expect(steps.map(({ phase }) => phase)).toEqual(['prepare', 'prepare', ...Array<string>(10).fill('infer')]);
  expect(steps.at(-1)).toEqual({ phase: 'infer', completed: 10, total: 10 });
  abort.abort(new Error('enough'));
  await expect(crf.run({ probabilities, signal: abort.signal })).rejects.toThrow('enough');
  expect(await crf.run({ probabilities })).toEqual(await once({ probabilities }));
});

it('lets go of everything when disposed', async () => {
  const crf = await createDenseCrf({ image, engine: exact() });
  await crf.run({ probabilities });
  expect(crf.memory.bytes).toBeGreaterThan(0);
  crf.dispose();
  expect(crf.memory.bytes).toBe(0);
  await expect(crf.run({ probabilities })).rejects.toMatchObject({ code: 'DISPOSED' });
  expect(() => crf.setImage(image)).toThrow('disposed');
});

it('begins with another field after one that failed', async () => {
  const engine = exact();
  let failures = 1;
  const fragile: CrfEngine = {
    ...engine,
    async prepare(spec, options) {
      const field = await engine.prepare(spec, options);
      if (failures-- > 0) field.infer = () => Promise.reject(new Error('the device is lost'));
      return field;
    },
  };
  using crf = await createDenseCrf({ image, engine: fragile });
  await expect(crf.run({ probabilities })).rejects.toThrow('the device is lost');
  expect(await crf.run({ probabilities })).toEqual(await once({ probabilities }));
});

it('does not keep a field that was being prepared when it was disposed', async () => {
  const { spy, log } = watched();
  const crf = await createDenseCrf({ image, engine: spy });
  const running = crf.run({ probabilities });
  await Promise.resolve();
  crf.dispose();
  await expect(running).rejects.toMatchObject({ code: 'DISPOSED' });
  expect(crf.memory.bytes).toBe(0);
  expect(log.filter((entry) => entry.startsWith('infer'))).toEqual([]);
});

it('says when an engine that was asked for does not work here', async () => {
  const broken: CrfEngine = {
    ...exact(),
    available: async () => ({ available: false, reason: 'there is no abacus', hint: 'buy one' }),
  };
  await expect(createDenseCrf({ image, engine: broken })).rejects.toMatchObject({ code: 'BACKEND', hint: 'buy one' });
});
