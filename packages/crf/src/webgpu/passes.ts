import { GROUP } from './shaders/thread.ts';

/** One dispatch. */
export interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [x: number, y: number];
}

const MOST_IN_A_ROW = 65535;

/** So many groups, in two dimensions if need be. There may be a few more, whose threads find nothing to do. */
export function inTwoDimensions(groups: number): readonly [x: number, y: number] {
  const y = Math.ceil(groups / MOST_IN_A_ROW);
  return [Math.ceil(groups / Math.max(1, y)), y];
}

/** What a shader's bindings are, in their order. */
export type Bound = GPUBuffer | GPUBufferBinding | GPUTextureView;

/** A pass of so many groups. */
export function passOf(device: GPUDevice, pipeline: GPUComputePipeline, bound: readonly Bound[], groups: number): Pass {
  const entries = bound.map((one, binding) => ({ binding, resource: 'mapState' in one ? { buffer: one } : one }));
  const layout = pipeline.getBindGroupLayout(0);
  return { pipeline, bindings: device.createBindGroup({ layout, entries }), groups: inTwoDimensions(groups) };
}

/** Groups for so many threads. */
export const groupsOf = (threads: number): number => Math.ceil(threads / GROUP);

/** Submits passes as one command buffer. Each sees what those before it wrote. */
export function submit(device: GPUDevice, passes: readonly Pass[]): void {
  const encoder = device.createCommandEncoder();
  const computing = encoder.beginComputePass();
  for (const { pipeline, bindings, groups } of passes) {
    if (groups[1] === 0) continue;
    computing.setPipeline(pipeline);
    computing.setBindGroup(0, bindings);
    computing.dispatchWorkgroups(...groups);
  }
  computing.end();
  device.queue.submit([encoder.finish()]);
}
