import { customOp, customParams } from './custom-op.ts';
import { ShapeError } from './errors.ts';
import { paramsOf } from './op-params.ts';
import type { Node, OpAttrs, Param, Shape } from './ops.ts';
import type { OpDefinition } from './plugins.ts';

type Unplaced = Pick<Node, 'kind' | 'name' | 'attrs' | 'params'>;

const ownParams = (
  ops: ReadonlyMap<string, OpDefinition>,
  { kind, name }: Unplaced,
  attrs: Node['attrs'],
  inputs: readonly Shape[],
): Readonly<Record<string, Param>> =>
  kind === 'custom'
    ? customParams(customOp(ops, attrs as OpAttrs['custom'], name), attrs as OpAttrs['custom'], inputs, name)
    : paramsOf(kind, attrs as never, inputs, name);

/**
 * Names of parameters are free, since nodes may share parameters; roles and shapes follow from the attributes.
 *
 * @throws ShapeError when they do not.
 */
export function checkParams(
  node: Unplaced,
  attrs: Node['attrs'],
  inputs: readonly Shape[],
  ops: ReadonlyMap<string, OpDefinition>,
): void {
  const signature = (params: Unplaced['params']): string =>
    Object.entries(params)
      .map(([role, { shape }]) => `${role} [${shape.join(', ')}]`)
      .sort()
      .join(', ') || 'none';
  const [got, expected] = [signature(node.params), signature(ownParams(ops, node, attrs, inputs))];
  if (got !== expected)
    throw new ShapeError(`the parameters of "${node.name}" are ${got}, its attributes ask for ${expected}`);
}
