import type { Stretch } from './install-plan.ts';

/** Encodes the dispatches of a stretch. Each sees what those before it wrote. */
export function encode(pass: GPUComputePassEncoder, { dispatches }: Stretch): void {
  for (const { pipeline, bindings, groups } of dispatches) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(...groups);
  }
}
