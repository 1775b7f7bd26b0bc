import { BackendError, createQueue, ShapeError, type LongRunningOptions } from '@atrous/core';
import { checkField, checkImage } from './check/check-field.ts';
import { checkProblem } from './check/check-problem.ts';
import { chooseEngine } from './choose-engine.ts';
import type { CreateDenseCrfOptions, CrfResult, CrfRunOptions, DenseCrf } from './crf-context.ts';
import type { FieldSpec } from './engine.ts';
import type { CrfImage } from './kernel-spec.ts';
import { keepField } from './keep-field.ts';
import { largestLabels } from './largest-labels.ts';
import { resolveParameters } from './parameters/resolve-parameters.ts';
import { toUnary } from './unary/unary-source.ts';

function extentOf({ image, width, height }: CreateDenseCrfOptions): Pick<FieldSpec, 'width' | 'height'> {
  const extent = { width: width ?? image?.width, height: height ?? image?.height };
  if (extent.width === undefined || extent.height === undefined)
    throw new ShapeError('the size of the picture is not known', { hint: 'pass image, or width and height' });
  return { width: extent.width, height: extent.height };
}

/** What was said of a run, over what was said of all. */
function withDefaults<Options extends object>(defaults: object, options: Options): Options {
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(said) } as Options;
}

/**
 * A fully connected CRF that stays: what depends on the picture and on standard deviations is computed once, for any number of runs.
 *
 * @throws ShapeError for sizes that disagree, UnsupportedError `TOO_MANY_PIXELS`, UnknownPluginError for a preset that does not exist,
 *   BackendError when no engine works here.
 * @example
 * using crf = await createDenseCrf({ image, preset: 'deeplab-v2' });
 * const first = await crf.run({ probabilities });
 * const smoother = await crf.run({ probabilities, bilateralWeight: 8 }); // the lattice is still there
 */
export async function createDenseCrf(options: CreateDenseCrfOptions): Promise<DenseCrf> {
  const { engine: choice = 'auto', onNotice, ...defaults } = options;
  const extent = extentOf(options);
  let image = options.image;
  checkField({ ...extent, image, kernels: resolveParameters(defaults).kernels });
  const engine = await chooseEngine(choice, extent.width * extent.height, onNotice);
  const keeper = keepField(engine, extent);
  const queue = createQueue();
  let isDisposed = false;
  const checkAlive = (): void => {
    if (!isDisposed) return;
    // of a field that was being prepared meanwhile
    keeper.dispose();
    throw new BackendError('the CRF was disposed', { code: 'DISPOSED', hint: 'create another one' });
  };
  const run = async (given: CrfRunOptions): Promise<CrfResult> => {
    const { signal, onProgress } = given;
    const unary = toUnary(given, extent);
    const { kernels, ...parameters } = resolveParameters(withDefaults(defaults, given));
    const problem = { ...parameters, labels: unary.labels, unary: unary.energies };
    checkProblem(problem);
    return queue.run(async () => {
      checkAlive();
      const field = await keeper.fieldFor(kernels, image, { signal, onProgress });
      checkAlive();
      const inference = await field.infer(problem, { signal, onProgress });
      const labels = largestLabels(inference.marginals, problem.labels);
      return { ...inference, ...extent, labels, engine: engine.name };
    }, signal);
  };
  const setImage = async (next: CrfImage, longRunning: LongRunningOptions = {}): Promise<void> => {
    checkImage(next, extent);
    return queue.run(async () => {
      checkAlive();
      await keeper.setImage(next, longRunning);
      image = next;
    }, longRunning.signal);
  };
  const dispose = (): void => {
    isDisposed = true;
    keeper.dispose();
  };
  return {
    ...extent,
    engine: engine.name,
    get memory() {
      return { bytes: keeper.bytes() };
    },
    run,
    setImage,
    dispose,
    [Symbol.dispose]: dispose,
  };
}
