import type { Buffers } from './buffers.ts';
import type { DeviceKernel } from './device-kernel.ts';
import { createParameterBlock, type ParameterBlock } from './parameters.ts';
import type { PixelRows } from './pixel-rows.ts';
import type { Session } from './session.ts';
import type { ShaderName } from './shaders.ts';

/** What it takes to plan passes. */
export interface Plan {
  readonly device: GPUDevice;
  readonly pipelineOf: (name: ShaderName) => GPUComputePipeline;
  readonly parameters: ParameterBlock;
  readonly rows: PixelRows;
  /** Rows of vertices before and after a pass. */
  readonly sides: readonly [GPUBuffer, GPUBuffer];
  readonly partials: GPUBuffer;
}

/** Structures of parameters for each kernel, and beside them. */
const [FOR_EACH, FOR_ALL] = [5, 3];

/** Plans for some kernels, one after the other. */
export function createPlan(
  { device }: Session,
  pipelineOf: Plan['pipelineOf'],
  buffers: Buffers,
  kernels: readonly DeviceKernel[],
  rows: PixelRows,
): Plan {
  const most = (of: 'vertices' | 'partials'): number => Math.max(0, ...kernels.map((kernel) => kernel[of]));
  const side = (name: string): GPUBuffer => buffers.reserve(name, most('vertices') * rows.rowBytes);
  return {
    ...{ device, pipelineOf, rows },
    parameters: createParameterBlock(device, buffers, FOR_EACH * kernels.length + FOR_ALL),
    sides: [side('values'), side('other values')],
    partials: buffers.reserve('partials', most('partials') * rows.rowBytes),
  };
}
