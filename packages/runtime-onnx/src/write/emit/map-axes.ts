import { transposed, type AxisMatrix } from '../interpolation-matrix.ts';
import type { ModelWriter } from '../model-writer.ts';

/** Maps rows and columns of `x` `[n, c, h, w]` by a matrix each: any resize or mean that treats both axes alike. */
export function mapAxes(writer: ModelWriter, x: string, rows: AxisMatrix, columns: AxisMatrix): string {
  const right = writer.real(transposed(columns), [columns.inExtent, columns.outExtent]);
  const left = writer.real(rows.shares, [rows.outExtent, rows.inExtent]);
  return writer.op('MatMul', [left, writer.op('MatMul', [x, right])]);
}
