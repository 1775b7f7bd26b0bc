import { createGraphBuilder, tensor, type Graph } from '@atrous/core';
import { atrous, readCheckpoint, recognizeNetwork, writeSafetensors } from '@atrous/weights';
import { describe, expect, it } from 'vitest';
import { tinyGraph, tinyWeights } from './support/tiny-network.ts';

const checkpointOf = (weights: ReturnType<typeof tinyWeights>) =>
  readCheckpoint(writeSafetensors(weights), 'model.safetensors');

/** The tiny network with logits of another number of classes. */
function otherGraph(classes: number): Graph {
  const builder = createGraphBuilder();
  const conv = builder.conv2d(builder.input(), { name: 'conv', filters: 4, kernel: [3, 2], useBias: true });
  const depthwise = builder.depthwiseConv2d(conv, { name: 'depthwise', kernel: [3, 2], multiplier: 2 });
  return builder.build({
    logits: builder.conv2d(depthwise, { name: 'logits', filters: classes, kernel: 1, useBias: true }),
  });
}

/** A part of the tiny network. */
function shortGraph(): Graph {
  const builder = createGraphBuilder();
  return builder.build({
    logits: builder.conv2d(builder.input(), { name: 'conv', filters: 4, kernel: [3, 2], useBias: true }),
  });
}

describe('recognizeNetwork', () => {
  const tiny = { name: 'tiny', graph: tinyGraph(), labels: 'two' };
  const other = { name: 'other', graph: otherGraph(3), labels: 'three' };
  const short = { name: 'short', graph: shortGraph(), labels: 'four' };

  it('finds the network whose every parameter is there, with its weights', () => {
    const found = recognizeNetwork([other, tiny], checkpointOf(tinyWeights()), [atrous]);
    expect(found.network).toBe(tiny);
    expect(found.nameMap).toBe(atrous);
    expect([...found.weights.keys()].toSorted()).toEqual([...tinyWeights().keys()].toSorted());
    expect(found.report.missing).toEqual([]);
  });

  it('prefers the network that leaves nothing over, whatever the order', () => {
    const checkpoint = checkpointOf(tinyWeights());
    expect(recognizeNetwork([short, tiny], checkpoint, [atrous]).network).toBe(tiny);
    expect(recognizeNetwork([tiny, short], checkpoint, [atrous]).network).toBe(tiny);
  });

  it('takes the earlier of two that fit equally well', () => {
    const twin = { ...tiny, name: 'twin' };
    expect(recognizeNetwork([twin, tiny], checkpointOf(tinyWeights()), [atrous]).network).toBe(twin);
  });

  it('passes over a twin whose weights have other names', () => {
    const twin = { ...tiny, name: 'twin', weightNames: 'vainf' };
    const renamed = { ...atrous, name: 'renamed' };
    expect(recognizeNetwork([twin, tiny], checkpointOf(tinyWeights()), [renamed]).network).toBe(tiny);
    expect(() => recognizeNetwork([twin], checkpointOf(tinyWeights()), [renamed])).toThrow(
      /none of the 1 known networks/,
    );
    // Saved here, they are under our own names.
    expect(recognizeNetwork([twin, tiny], checkpointOf(tinyWeights()), [atrous]).network).toBe(twin);
  });

  it('says what the nearest network lacks', () => {
    const weights = new Map(tinyWeights());
    weights.delete('logits/biases');
    expect(() => recognizeNetwork([other, tiny], checkpointOf(weights), [atrous])).toThrow(
      expect.objectContaining({
        name: 'WeightsError',
        code: 'NETWORK_UNKNOWN',
        message: expect.stringMatching(/none of the 2 known networks; nearest is tiny: .*logits\/biases/s) as unknown,
      }) as unknown,
    );
  });

  it('names no nearest network for a checkpoint of something else', () => {
    const strange = new Map([['something/else', tensor(Float32Array.of(1), [1])]]);
    expect(() => recognizeNetwork([tiny], checkpointOf(strange), [atrous])).toThrow(/none of the 1 known networks$/);
  });
});
