import type { LiveCanvas } from '@atrous/segmenter/live';

/** What a canvas shows. */
export interface FakeCanvas {
  readonly canvas: LiveCanvas;
  /** Red, green, blue, alpha of each pixel. */
  readonly pixels: () => Promise<Uint8ClampedArray<ArrayBuffer>>;
  readonly isConfigured: () => boolean;
}

/** Of `GPUTextureUsage`: an attachment that can be copied. */
const USAGE = 0x11;
/** Rows of copies are multiples of it. */
const ROW = 512;

/** A texture in a canvas' place: Node has none. */
export function fakeCanvas(): FakeCanvas {
  let device: GPUDevice | undefined;
  let format: GPUTextureFormat = 'rgba8unorm';
  let texture: GPUTexture | undefined;
  const canvas = { width: 1, height: 1, getContext: () => context };
  const context = {
    configure(configuration: GPUCanvasConfiguration) {
      ({ device, format } = configuration);
    },
    unconfigure: () => (device = undefined),
    getCurrentTexture() {
      const size = [canvas.width, canvas.height];
      texture = device!.createTexture({ size, format, usage: USAGE });
      return texture;
    },
  };
  return {
    canvas: canvas as unknown as LiveCanvas,
    isConfigured: () => device !== undefined,
    async pixels() {
      const { width, height } = canvas;
      const buffer = device!.createBuffer({ size: ROW * height, usage: 0x9 });
      const encoder = device!.createCommandEncoder();
      encoder.copyTextureToBuffer({ texture: texture! }, { buffer, bytesPerRow: ROW }, [width, height]);
      device!.queue.submit([encoder.finish()]);
      await buffer.mapAsync(1);
      const rows = new Uint8Array(buffer.getMappedRange());
      const order = format === 'bgra8unorm' ? [2, 1, 0, 3] : [0, 1, 2, 3];
      const line = 4 * width;
      return Uint8ClampedArray.from(
        { length: line * height },
        (_, i) => rows[ROW * Math.floor(i / line) + (i % line) - (i % 4) + order[i % 4]!]!,
      );
    },
  };
}
