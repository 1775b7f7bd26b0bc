import { ShapeError } from './errors.ts';
import type { OpAttrs, Param, Shape } from './ops.ts';
import type { OpDefinition } from './plugins.ts';

/** The definition of a custom op, from those handed in. */
export function customOp(ops: ReadonlyMap<string, OpDefinition>, attrs: OpAttrs['custom'], node: string): OpDefinition {
  const found = ops.get(attrs.op);
  if (found === undefined)
    throw new ShapeError(`"${node}" uses the op "${attrs.op}", whose definition was not given`, {
      code: 'UNKNOWN_OP',
      hint: 'pass the plugin that brings it: in `ops`, or with --plugin on the command line',
    });
  return found;
}

/** The parameters of a custom op's node, named under `prefix`. */
export function customParams(
  op: OpDefinition,
  { options }: OpAttrs['custom'],
  inputs: readonly Shape[],
  prefix: string,
): Readonly<Record<string, Param>> {
  const own = Object.entries(op.params?.(inputs, options) ?? {});
  return Object.fromEntries(own.map(([role, param]) => [role, { ...param, name: `${prefix}/${param.name}` }]));
}
