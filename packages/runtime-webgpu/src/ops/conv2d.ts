import type { MapValue } from '../plan/value.ts';
import { windowFields } from '../plan/window.ts';
import { conv } from '../shaders/conv.ts';
import { separable } from '../shaders/separable.ts';
import { isPointwise, layOutConv } from './conv-layout.ts';
import type { DepthwiseBefore, Lowering, LoweringCall } from './lowering.ts';

const asOneRow = (map: MapValue): MapValue => {
  const [n, h, w, c] = map.shape;
  return { ...map, shape: [1, 1, n * h * w, c] };
};

/** What is bound whatever comes before the product. */
const boundOf = ({ x, packed, residual }: LoweringCall<'conv2d'>, y: MapValue) => ({
  ...{ y, x, filters: packed.weights!, biases: packed.biases! },
  ...(residual && { residual }),
});

function lowerConv(call: LoweringCall<'conv2d'>, y: MapValue): void {
  const { plan, attrs, x, residual } = call;
  const { tile, groups, fields } = layOutConv(attrs, x.shape, y.shape);
  const kernel = conv({ tile, activation: attrs.activation, hasResidual: residual !== undefined });
  plan.dispatch(kernel, groups, boundOf(call, y), { ...windowFields(attrs, x), ...fields });
}

function lowerSeparable(call: LoweringCall<'conv2d'>, before: DepthwiseBefore, y: MapValue): void {
  const { plan, attrs, x, residual } = call;
  const { tile, groups, fields } = layOutConv(before.attrs, x.shape, y.shape);
  const between = before.attrs.activation;
  const kernel = separable({ tile, between, activation: attrs.activation, hasResidual: residual !== undefined });
  const bound = { ...boundOf(call, y), taps: before.packed.weights!, tapBiases: before.packed.biases! };
  plan.dispatch(kernel, groups, bound, { ...windowFields(before.attrs, x), ...fields });
}

/** Atrous convolution. Taps on padding are left out. A 1×1 one is a product of matrices: where pixels lie does not matter, so they are one row. */
export const conv2d: Lowering<'conv2d'> = (call) => {
  const y = call.result();
  if (call.before) lowerSeparable(call, call.before, y);
  else if (!isPointwise(call.attrs, call.x.shape, y.shape)) lowerConv(call, y);
  else {
    const [row, x] = [asOneRow(y), asOneRow(call.x)];
    const residual = call.residual && asOneRow(call.residual);
    lowerConv({ ...call, attrs: { ...call.attrs, padding: 'valid' }, x, residual }, row);
  }
  return y;
};
