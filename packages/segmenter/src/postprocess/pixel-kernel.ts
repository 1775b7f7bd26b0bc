import { BackendError, firstNotFinite, type Pace, type Tensor } from '@atrous/core';
import { createArena, kernelModule, type Address, type Arena } from '@atrous/platform/threads';
import binary from '../../assembly/index.ts?assemblyscript';
import type { AxisTaps } from './axis-taps.ts';
import type { LabelArray } from './label-array.ts';
import { tapsAlong, type Placement } from './placement.ts';

/** What there can be of each pixel of the source image. */
export interface PixelArrays {
  /** `[h, w]`, class ids: the first of those whose logit is the largest. */
  readonly labels?: LabelArray | undefined;
  /** `[h, w]`, probability of the label. */
  readonly confidence?: Float32Array | undefined;
  /** `[h, w, c]`. */
  readonly probabilities?: Float32Array | undefined;
  /** `[h, w, c]`, by how much each logit is below the largest. */
  readonly energies?: Float32Array | undefined;
}

/** Interpolates logits to pixels and computes from them what is asked for, in 64 bits. */
export interface PixelKernel {
  /**
   * Fills the arrays that are given. Full-size logits are never held. Calls must wait for each other.
   *
   * @param logits `[1, h, w, c]`.
   * @throws BackendError `NOT_FINITE`, `OUT_OF_MEMORY`.
   */
  fill(logits: Tensor, placement: Placement, arrays: PixelArrays, pace: Pace): Promise<void>;
  /** What it holds between calls. */
  bytes(): number;
  /** Lets go of it. Nothing can be filled afterwards. */
  dispose(): void;
}

/** The functions of `assembly/`. */
interface Assembly {
  readonly labelRows: (op: Address, from: number, to: number) => void;
}

/** Logits of pixels that are interpolated in one go, about half a millisecond. */
const LOGITS_AT_ONCE = 2 ** 18;

const build = kernelModule(binary);

async function start(arena: Arena): Promise<Assembly> {
  try {
    const { exports } = await WebAssembly.instantiate(await build.compile(false), { env: { memory: arena.memory } });
    return exports as unknown as Assembly;
  } catch (cause) {
    throw new BackendError('WebAssembly with SIMD instructions is not available here', {
      code: 'NO_SIMD',
      hint: "use a newer browser; a page's content security policy has to allow `wasm-unsafe-eval`",
      cause,
    });
  }
}

function checkFinite({ data }: Tensor): void {
  const broken = firstNotFinite(data);
  if (broken >= 0)
    throw new BackendError(`the network gave logits that are not finite (${data[broken]})`, {
      code: 'NOT_FINITE',
      hint: 'try another runtime, or check that the weights are those of this network',
    });
}

function writeTaps({ starts, positions, weights }: AxisTaps, arena: Arena): readonly Address[] {
  const ints = (values: Uint32Array): Address => {
    const at = arena.allocate(values.byteLength);
    arena.ints(at, values.length).set(values);
    return at;
  };
  const weightsAt = arena.allocate(weights.byteLength);
  arena.doubles(weightsAt, weights.length).set(weights);
  return [ints(starts), ints(positions), weightsAt];
}

/** Room for the results of some pixels, for those arrays that are to be filled. */
function createStrips(arrays: PixelArrays, pixels: number, classes: number, arena: Arena) {
  const room = (array: unknown, bytes: number): Address => (array === undefined ? 0 : arena.allocate(bytes));
  const { labels, confidence, probabilities, energies } = arrays;
  const at = {
    labels: room(labels, 2 * pixels),
    confidence: room(confidence, 4 * pixels),
    // with an odd number of classes, one more is written behind the last
    probabilities: room(probabilities, 4 * (pixels * classes + 1)),
    energies: room(energies, 4 * (pixels * classes + 1)),
  };
  return {
    addresses: [at.labels, at.confidence, at.probabilities, at.energies],
    /** Copies `count` pixels to where pixel `first` belongs. */
    copyOut(first: number, count: number): void {
      labels?.set(new Uint16Array(arena.memory.buffer, at.labels, count), first);
      confidence?.set(arena.floats(at.confidence, count), first);
      probabilities?.set(arena.floats(at.probabilities, count * classes), first * classes);
      energies?.set(arena.floats(at.energies, count * classes), first * classes);
    },
  };
}

/** @throws BackendError `NO_SIMD`. */
export async function createPixelKernel(): Promise<PixelKernel> {
  const created = createArena(false, { name: 'labelling pixels', hint: 'give a smaller image' });
  const { labelRows } = await start(created);
  const base = created.mark();
  let held: Arena | undefined = created;
  return {
    async fill(logits, placement, arrays, pace) {
      const arena = held!;
      checkFinite(logits);
      const [, , logitsWidth = 1, classes = 1] = logits.shape;
      const [height, width] = placement.source;
      const rowsAtOnce = Math.min(height, Math.max(1, Math.floor(LOGITS_AT_ONCE / (width * classes))));
      arena.release(base);
      const logitsAt = arena.allocate(4 * logits.data.length);
      arena.floats(logitsAt, logits.data.length).set(logits.data);
      const taps = ([0, 1] as const).flatMap((axis) => writeTaps(tapsAlong(axis, logits, placement), arena));
      const pitch = 16 * Math.ceil(classes / 2);
      const { confidence, probabilities, energies } = arrays;
      const onlyLabels = !confidence && !probabilities && !energies;
      const scratch = [
        arena.allocate(logitsWidth * pitch),
        arena.allocate(pitch),
        onlyLabels ? arena.allocate(4 * logitsWidth) : 0,
      ];
      const strips = createStrips(arrays, rowsAtOnce * width, classes, arena);
      // `Pixels` of assembly/pixels.ts
      const op = [logitsAt, logitsWidth, classes, ...taps, width, ...scratch, ...strips.addresses];
      const opAt = arena.allocate(4 * op.length);
      arena.ints(opAt, op.length).set(op);
      for (let y = 0; y < height; y += rowsAtOnce) {
        const end = Math.min(height, y + rowsAtOnce);
        labelRows(opAt, y, end);
        strips.copyOut(y * width, (end - y) * width);
        const pause = pace(end - 1, height);
        if (pause) await pause;
      }
    },
    bytes: () => held?.memory.buffer.byteLength ?? 0,
    dispose: () => void (held = undefined),
  };
}
