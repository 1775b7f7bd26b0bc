import {
  fusedKinds,
  optimize,
  planBuffers,
  sizeOf,
  withInputShape,
  type BufferPlan,
  type Graph,
  type Network,
  type Node,
  type Tensor,
} from '@atrous/core';
import { kernels, runGraph, type Kernel, type KernelKind, type Value } from '@atrous/runtime-reference';
import { largestDifference, randomNetwork } from '@atrous/testing';
import { describe, expect, it } from 'vitest';

/** Calls `visit` with the index of every element of a value and its address in the memory. */
function eachElement({ name, shape }: Node, plan: BufferPlan, visit: (index: number, address: number) => void): void {
  const channels = shape[3] as number;
  const { offset, pixelStride } = plan.placements.get(name)!;
  for (let i = 0; i < sizeOf(shape as readonly number[]); i++)
    visit(i, offset + Math.floor(i / channels) * pixelStride + (i % channels));
}

/** Runs a graph like an engine that keeps nothing but the planned memory. A concat copies only what is not in its place. */
function runInMemory({ graph, weights }: Network, image: Tensor, plan: BufferPlan): ReadonlyMap<string, Value> {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const memory = new Float64Array(plan.size).fill(NaN);
  const load = (node: Node): Value => {
    const data = new Float64Array(sizeOf(node.shape as readonly number[]));
    eachElement(node, plan, (index, address) => (data[index] = memory[address]!));
    return { shape: node.shape as readonly number[], data };
  };
  for (const node of graph.nodes) {
    if (node.kind === 'custom') throw new Error('there are no custom ops in random networks');
    const inputs = node.inputs.map((name) => load(nodes.get(name)!));
    const params = Object.entries(node.params).map(([role, { name }]) => [role, weights.get(name)!] as const);
    const call = { attrs: node.attrs, inputs, params: Object.fromEntries(params), shape: node.shape as number[] };
    const { data } = node.kind === 'input' ? image : (kernels[node.kind] as Kernel<KernelKind>)(call);
    eachElement(node, plan, (index, address) => (memory[address] = data[index]!));
  }
  return new Map(Object.entries(graph.outputs).map(([output, name]) => [output, load(nodes.get(name)!)]));
}

const memoryOfAll = ({ nodes }: Graph): number =>
  nodes.reduce((sum, { shape }) => sum + sizeOf(shape as readonly number[]), 0);

describe('planBuffers', () => {
  it('keeps every value for as long as it is read, on random graphs', async () => {
    let [planned, all] = [0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const { graph, weights, image } = randomNetwork(seed, { steps: 12 });
      const target = seed % 2 === 0 ? [] : (['broadcastAdd', ...fusedKinds] as const);
      const optimized = optimize(graph, weights, { target });
      for (const network of [{ graph, weights }, optimized]) {
        const plan = planBuffers(network.graph, { alignment: 4 });
        const expected = await runGraph(network.graph, network.weights, image);
        for (const [name, { data }] of runInMemory(network, image, plan))
          expect(largestDifference(new Float32Array(data), new Float32Array(expected[name]!.data)).value).toBe(0);
        planned += plan.size;
        all += memoryOfAll(network.graph);
      }
    }
    expect(planned).toBeLessThan(0.5 * all);
  }, 120_000);

  it('asks for known shapes', () => {
    const { graph } = randomNetwork(1, { open: true });
    expect(() => planBuffers(graph)).toThrow('has an open size');
    expect(planBuffers(withInputShape(graph, [1, 9, 9, 3])).size % 16).toBe(0);
  });
});
