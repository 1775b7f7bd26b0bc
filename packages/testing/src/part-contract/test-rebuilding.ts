import { graphFromJson, graphToJson, parametersOf, retarget, type Graph, type OpDefinition } from '@atrous/core';
import { expect, it } from 'vitest';

/** A part built into a graph. */
export interface BuiltPart {
  /** Builds the part anew, at an output stride. */
  readonly graphAt: (outputStride: number) => Graph;
  readonly outputStrides: readonly number[];
  /** The scope that it was given; its parameters are named under it. */
  readonly scope: string;
  readonly ops: readonly OpDefinition[];
}

const parameterShapes = (graph: Graph): Record<string, readonly number[]> =>
  Object.fromEntries([...parametersOf(graph)].map(([name, { shape }]) => [name, shape]));

/** What holds for graphs of backbones and heads alike: they are pure, plain data, and the same network at every output stride. */
export function testRebuilding({ graphAt, outputStrides, scope, ops }: BuiltPart): void {
  const [first = 16] = outputStrides;

  it('builds the same graph twice', () => {
    expect(graphAt(first)).toEqual(graphAt(first));
  });

  it.each(outputStrides)('is retargeted to output stride %i as it would be built there', (to) => {
    for (const from of outputStrides) expect(retarget(graphAt(from), to, { ops })).toEqual(graphAt(to));
  });

  it.each(outputStrides)('has the same parameters at output stride %i', (outputStride) => {
    expect(parameterShapes(graphAt(outputStride))).toEqual(parameterShapes(graphAt(first)));
  });

  it('names parameters and nodes under its scope, each parameter once', () => {
    const { nodes } = graphAt(first);
    const own = nodes.filter(({ name }) => name.startsWith(`${scope}/`));
    const names = own.flatMap(({ params }) => Object.values(params).map(({ name }) => name));
    expect(names.filter((name) => !name.startsWith(`${scope}/`))).toEqual([]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
  });

  it('is JSON', () => {
    const graph = graphAt(first);
    expect(graphFromJson(graphToJson(graph), { ops })).toEqual(graph);
  });
}
