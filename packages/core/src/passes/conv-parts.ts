import type { Unplaced } from '../graph-builder.ts';
import type { Node, NodeOf } from '../ops.ts';
import { pickChannels, type DerivedWeights } from './derived-weights.ts';

/** Some of the channels that a convolution reads: `[from, to)` of a node behind a concat, or of its only input. */
export interface ConvInput {
  readonly node: Node;
  readonly channels: readonly [from: number, to: number];
}

/** The inputs of a convolution one by one, where it reads a concat, else its only one. */
export function inputsOfConv(conv: NodeOf<'conv2d'>, nodes: ReadonlyMap<string, Node>): readonly ConvInput[] {
  const source = nodes.get(conv.inputs[0] ?? '');
  if (source === undefined) return [];
  const joined = source.kind === 'concat' ? source.inputs.map((name) => nodes.get(name) as Node) : [source];
  let at = 0;
  return joined.map((node) => {
    const from = at;
    at += node.shape[3] as number;
    return { node, channels: [from, at] };
  });
}

/** What {@link convOnPart} is given. */
export interface ConvPart {
  readonly conv: NodeOf<'conv2d'>;
  readonly inputs: readonly ConvInput[];
  readonly weights: DerivedWeights;
  readonly fresh: (wanted: string) => string;
  /** Added to the name of the convolution. */
  readonly suffix: string;
  readonly useBias: boolean;
}

/** The part of a convolution that reads some of its inputs, without its activation. The last node is the convolution. */
export function convOnPart({ conv, inputs, weights, fresh, suffix, useBias }: ConvPart): readonly Unplaced[] {
  const name = fresh(`${conv.name}/${suffix}`);
  const join: readonly Unplaced[] =
    inputs.length === 1
      ? []
      : [
          {
            kind: 'concat',
            name: fresh(`${name}/concat`),
            inputs: inputs.map(({ node }) => node.name),
            attrs: {},
            params: {},
          },
        ];
  const ranges = inputs.map(({ channels }) => channels);
  const filter = weights.derive(`${conv.params.weights?.name ?? ''}/channels_${ranges.flat().join('_')}`, () =>
    pickChannels(weights.of(conv, 'weights'), ranges),
  );
  const { biases } = conv.params;
  return [
    ...join,
    {
      kind: 'conv2d',
      name,
      inputs: [join[0]?.name ?? inputs[0]?.node.name ?? ''],
      attrs: { ...conv.attrs, useBias, activation: 'linear' },
      params: { weights: filter, ...(useBias && biases && { biases }) },
    },
  ];
}
