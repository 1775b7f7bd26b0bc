import { prepareInput } from '@atrous/segmenter';
import { expect, it } from 'vitest';
import { paint, plain } from './support/tiny-bundle.ts';

const picture = paint(4, 2, (x) => [x * 10, 0, 255]);

it('makes of a picture what the network gets, and says where the picture is in it', async () => {
  const fit = { mode: 'pad', size: [3, 5], value: 7 } as const;
  const { tensor, plan } = await prepareInput(picture, { ...plain, mean: [0, 0, 0], std: [1, 1, 1], fit });
  expect(plan).toEqual({ input: [3, 5], image: [2, 4], fill: 7 });
  expect(tensor.shape).toEqual([1, 3, 5, 3]);
  expect([...tensor.data.subarray(3, 6)]).toEqual([10, 0, 255]);
  expect([...tensor.data.subarray(12, 15)]).toEqual([7, 7, 7]);
});

it('is aborted', async () => {
  await expect(prepareInput(picture, plain, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
});
