import { watchDevice, type WatchedDevice } from '@atrous/platform/gpu';
import { ADVICE } from './advice.ts';
import { SHADERS, type ShaderName } from './shaders.ts';

/** A device, and what was compiled for it. */
export interface Session extends WatchedDevice {
  /** Where the device is from, if it is not the caller's: Dawn in Node ends with it. */
  readonly gpu: GPU | undefined;
  /** Compiles what was not asked for before. @returns each by its name. */
  readonly load: (names: readonly ShaderName[]) => Promise<(name: ShaderName) => GPUComputePipeline>;
}

/** Begins with nothing compiled. */
export function createSession(device: GPUDevice, gpu?: GPU): Session {
  const watched = watchDevice(device, ADVICE);
  const { checkAlive, attempt, settle } = watched;
  const pipelines = new Map<ShaderName, Promise<GPUComputePipeline>>();
  const compile = (name: ShaderName): Promise<GPUComputePipeline> => {
    const module = device.createShaderModule({ label: name, code: SHADERS[name] });
    return settle(
      device.createComputePipelineAsync({ label: name, layout: 'auto', compute: { module, entryPoint: 'main' } }),
    );
  };
  return {
    device,
    gpu,
    get lost() {
      return watched.lost;
    },
    async load(names) {
      const loading = names.map(async (name) => {
        const pipeline = pipelines.get(name) ?? compile(name);
        pipelines.set(name, pipeline);
        return [name, await pipeline] as const;
      });
      const loaded = new Map(await Promise.all(loading));
      return (name) => loaded.get(name) as GPUComputePipeline;
    },
    checkAlive,
    attempt,
    settle,
  };
}
