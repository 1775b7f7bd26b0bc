import { FIT, NARROW, PAINT } from './shaders.ts';

/** Programs that bring a picture to the network, and its labels to a canvas. */
export interface Pipelines {
  readonly narrow: GPUComputePipeline;
  readonly fit: GPUComputePipeline;
  readonly paint: GPURenderPipeline;
}

/** Compiles them side by side. @param format of what is painted on. */
export async function createPipelines(device: GPUDevice, format: GPUTextureFormat): Promise<Pipelines> {
  const compute = (label: string, code: string): Promise<GPUComputePipeline> => {
    const module = device.createShaderModule({ label, code });
    return device.createComputePipelineAsync({ label, layout: 'auto', compute: { module } });
  };
  const painting = device.createShaderModule({ label: 'paint', code: PAINT });
  const [narrow, fit, paint] = await Promise.all([
    compute('narrow', NARROW),
    compute('fit', FIT),
    device.createRenderPipelineAsync({
      ...{ label: 'paint', layout: 'auto', vertex: { module: painting } },
      fragment: { module: painting, targets: [{ format }] },
    }),
  ]);
  return { narrow, fit, paint };
}
