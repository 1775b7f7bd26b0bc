import { AtrousError, BackendError, createQueue, ShapeError, type LongRunningOptions } from '@atrous/core';
import { checkField } from './check/check-field.ts';
import { checkProblem } from './check/check-problem.ts';
import { createEngineChooser } from './choose-engine.ts';
import type { CreateDenseCrfOptions, CrfResult, CrfRunOptions, DenseCrf } from './crf-context.ts';
import type { CrfProblem, FieldSpec } from './engine.ts';
import { keepField } from './keep-field.ts';
import { largestLabels } from './largest-labels.ts';
import type { CrfParameters } from './parameters/crf-parameters.ts';
import { resolveParameters } from './parameters/resolve-parameters.ts';
import { toUnary } from './unary/unary-source.ts';

function extentOf({ image, width, height }: CreateDenseCrfOptions): Pick<FieldSpec, 'width' | 'height'> {
  const extent = { width: width ?? image?.width, height: height ?? image?.height };
  if (extent.width === undefined || extent.height === undefined)
    throw new ShapeError('the size of the picture is not known', { hint: 'pass image, or width and height' });
  return { width: extent.width, height: extent.height };
}

/** What a run looks at. */
type Picture = Omit<FieldSpec, 'kernels'>;

/** What was said of a run, over what was said of all. */
function withDefaults<Options extends object>(defaults: object, options: Options): Options {
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(said) } as Options;
}

/** What a run asks for, checked. */
function problemOf(
  given: CrfRunOptions,
  defaults: CrfParameters,
  picture: Picture,
): CrfProblem & Pick<FieldSpec, 'kernels'> {
  const { labels, energies } = toUnary(given, picture);
  const problem = { ...resolveParameters(withDefaults(defaults, given)), labels, unary: energies };
  checkProblem(problem);
  return problem;
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
  let picture: Picture = { ...extentOf(options), image: options.image };
  checkField({ ...picture, kernels: resolveParameters(defaults).kernels });
  const engines = createEngineChooser(choice, onNotice);
  let engine = await engines.choose(picture.width * picture.height);
  const keeper = keepField();
  const queue = createQueue();
  let isDisposed = false;
  const checkAlive = (): void => {
    if (!isDisposed) return;
    // of a field that was being prepared meanwhile
    keeper.dispose();
    throw new BackendError('the CRF was disposed', { code: 'DISPOSED', hint: 'create another one' });
  };
  const attempt = async (spec: FieldSpec, problem: CrfProblem, options: LongRunningOptions): Promise<CrfResult> => {
    const field = await keeper.fieldFor(engine, spec, options);
    checkAlive();
    const inference = await field.infer(problem, options);
    const labels = largestLabels(inference.marginals, problem.labels);
    const { width, height } = spec;
    return { ...inference, width, height, labels, engine: engine.name };
  };
  const infer = async (spec: FieldSpec, problem: CrfProblem, options: LongRunningOptions): Promise<CrfResult> => {
    checkAlive();
    engine = await engines.choose(spec.width * spec.height);
    try {
      return await attempt(spec, problem, options);
    } catch (error) {
      if (isDisposed || options.signal?.aborted === true) throw error;
      // a device may be lost, a thread may have died: the next run begins with another field
      keeper.dispose();
      // what was asked for is wrong, whoever computes it
      if (error instanceof AtrousError && !(error instanceof BackendError)) throw error;
      await engines.replace(error);
      return infer(spec, problem, options);
    }
  };
  const dispose = (): void => {
    isDisposed = true;
    keeper.dispose();
    engines.dispose();
  };
  return {
    get width() {
      return picture.width;
    },
    get height() {
      return picture.height;
    },
    get engine() {
      return engine.name;
    },
    get memory() {
      return { bytes: keeper.bytes() };
    },
    async run(given) {
      const { signal, onProgress } = given;
      const { kernels, ...problem } = problemOf(given, defaults, picture);
      const spec = { ...picture, kernels };
      return queue.run(() => infer(spec, problem, { signal, onProgress }), signal);
    },
    setImage(image) {
      checkAlive();
      const { width, height, data } = image;
      checkField({ width, height, image, kernels: [] });
      // another object, as the array may be that of the last frame
      picture = { width, height, image: { width, height, data } };
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}
