import { BackendError } from '@atrous/core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { engine, env, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { createTfjsRuntime, type TfjsRuntime } from './create-tfjs-runtime.ts';

/** Options of {@link webgl}. */
export interface WebGlOptions {
  /** Also run where the browser draws in software, which is slower than WASM. Default false. Only the first runtime in a page decides. */
  readonly software?: boolean | undefined;
}

const unavailable = (message: string, hint: string): BackendError =>
  new BackendError(message, { code: 'NO_WEBGL', hint });

async function register(software: boolean): Promise<void> {
  if (typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined')
    throw unavailable('WebGL needs a browser', 'in Node use the wasm, webgpu or tensorflow runtime');
  const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl');
  if ('webgl' in engine().registry) return;
  if (software) env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (env().getNumber('WEBGL_VERSION') === 0)
    throw unavailable(
      'this browser has no WebGL on a GPU',
      'switch on hardware acceleration, or use wasm; webgl({ software: true }) takes software rendering too',
    );
  if (!('webgl' in engine().registryFactory)) registerBackend('webgl', () => new MathBackendWebGL(), 2);
}

const contextOf = (): WebGLRenderingContext | undefined =>
  (engine().registry['webgl'] as MathBackendWebGL | undefined)?.gpgpu.gl;

function rendererOf(gl: WebGLRenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}

function describe(): string {
  const gl = contextOf();
  const precision = env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 'float32' : 'float16';
  return `WebGL ${env().getNumber('WEBGL_VERSION')}, ${precision} textures, ${gl ? rendererOf(gl) : 'not started'}`;
}

/**
 * Runs graphs on the GPU through WebGL, in browsers.
 *
 * Where the GPU cannot render to float32 textures, numbers are kept in float16: about three digits; `available()` says which.
 */
export const webgl = ({ software = false }: WebGlOptions = {}): TfjsRuntime =>
  createTfjsRuntime({
    name: 'webgl',
    description: 'TensorFlow.js on the GPU through WebGL',
    tfjsName: 'webgl',
    quirks: { slowLargeFilters: true },
    async load() {
      if (contextOf()?.isContextLost()) removeBackend('webgl');
      await register(software);
    },
    async trainingKernels(composed) {
      const [{ overrideKernels }, { runOnWebGl }] = await Promise.all([
        import('./shaders/override-kernels.ts'),
        import('./shaders/run-on-webgl.ts'),
      ]);
      return overrideKernels(runOnWebGl, composed);
    },
    describe,
    lost: () => (contextOf()?.isContextLost() ? 'the browser took the WebGL context away' : undefined),
  });
