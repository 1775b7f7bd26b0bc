import { analyze, type Graph } from '@atrous/core';
import { contextModule } from '@atrous/heads';
import { dilatedContext, dilatedFrontEnd } from '@atrous/models';
import { describe, expect, it } from 'vitest';

const logitsShape = (graph: Graph, size: number): readonly number[] | undefined =>
  analyze(graph, [1, size, size, 3]).nodes.at(-1)?.shape;

const parameters = (graph: Graph): number => analyze(graph, [1, 380, 380, 3]).parameters;

describe("Yu and Koltun's networks", () => {
  it('have an eighth of the image without its border of 186 pixels', () => {
    expect(logitsShape(dilatedFrontEnd(), 900)).toEqual([1, 66, 66, 21]);
    expect(logitsShape(dilatedFrontEnd({ numClasses: 19 }), 405)).toEqual([1, 5, 5, 19]);
    expect(logitsShape(dilatedContext(), 900)).toEqual([1, 66, 66, 21]);
  });

  it('have the parameters of VGG-16, and of the context module', () => {
    expect(parameters(dilatedFrontEnd())).toBe(134_346_581);
    expect(parameters(dilatedContext())).toBe(134_346_581 + 28_392);
  });

  it('share the names of the front end', () => {
    const names = ({ nodes }: Graph) => nodes.flatMap(({ params }) => Object.values(params).map(({ name }) => name));
    const context = contextModule({ width: 'large', padding: 'once' });
    expect(names(dilatedContext({ context }))).toEqual(expect.arrayContaining(names(dilatedFrontEnd())));
  });
});
