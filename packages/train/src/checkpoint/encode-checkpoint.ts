import type { Json, Tensor, Weights } from '@atrous/core';
import { readSafetensors, writeSafetensors, type StoredTensor } from '@atrous/weights';
import { TrainingError } from '../loop/training-error.ts';
import type { EvaluationRecord, TrainingCheckpoint } from './training-checkpoint.ts';

const FORMAT = 'atrous-training';
const VERSION = '1';

/** What is not a tensor, as JSON in the file's metadata. */
interface Facts {
  readonly step: number;
  readonly seed: number;
  readonly config: Json;
  readonly optimizer: string;
  readonly hasAverage: boolean;
  readonly evaluations: readonly EvaluationRecord[];
}

const within = (folder: string, values: Weights): [string, Tensor][] =>
  [...values].map(([name, value]) => [`${folder}/${name}`, value]);

/** A checkpoint as one safetensors file. The same checkpoint always gives the same bytes. */
export function encodeCheckpoint(checkpoint: TrainingCheckpoint): Uint8Array<ArrayBuffer> {
  const { weights, slots, average, ...rest } = checkpoint;
  const facts: Facts = { ...rest, hasAverage: average !== undefined };
  const tensors = [
    ...within('weights', weights),
    ...within('slots', slots),
    ...within('average', average ?? new Map()),
  ];
  return writeSafetensors(new Map(tensors), { format: FORMAT, version: VERSION, training: JSON.stringify(facts) });
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isRecord = (value: unknown): value is EvaluationRecord => {
  const { step, meanIou } = (value ?? {}) as Partial<EvaluationRecord>;
  return isCount(step) && typeof meanIou === 'number';
};

function parseFacts(text: string | undefined): Facts | undefined {
  const facts = JSON.parse(text ?? 'null') as Partial<Facts> | null;
  const { step, seed, config, optimizer, hasAverage, evaluations } = facts ?? {};
  if (!isCount(step) || typeof seed !== 'number' || typeof optimizer !== 'string' || config === undefined)
    return undefined;
  if (typeof hasAverage !== 'boolean' || !Array.isArray(evaluations) || !evaluations.every(isRecord)) return undefined;
  return { step, seed, config, optimizer, hasAverage, evaluations };
}

function factsOf({ format, version, training }: Readonly<Record<string, string>>): Facts {
  const refuse = (message: string, cause?: unknown): TrainingError =>
    new TrainingError(message, {
      code: 'CHECKPOINT_FORMAT',
      hint: 'give a file that a training run saved; weights alone can start a new run, not go on with one',
      cause,
    });
  if (format !== FORMAT) throw refuse('this safetensors file is no checkpoint of a training run');
  if (version !== VERSION) throw refuse(`this checkpoint has the version ${version}, known is ${VERSION}`);
  try {
    const facts = parseFacts(training);
    if (facts) return facts;
  } catch (cause) {
    throw refuse('the checkpoint says nothing readable about its run', cause);
  }
  throw refuse('the checkpoint does not say everything about its run');
}

function unpack(folder: string, tensors: ReadonlyMap<string, StoredTensor>): Weights {
  const values = new Map<string, Tensor>();
  for (const [name, { shape, data }] of tensors) {
    if (!name.startsWith(`${folder}/`)) continue;
    if (!(data instanceof Float32Array))
      throw new TrainingError(`"${name}" of the checkpoint is not float32`, { code: 'CHECKPOINT_FORMAT' });
    values.set(name.slice(folder.length + 1), { shape, data });
  }
  return values;
}

/**
 * Reads what {@link encodeCheckpoint} wrote.
 *
 * @throws WeightsError `SAFETENSORS_FORMAT` when the file is damaged.
 * @throws TrainingError `CHECKPOINT_FORMAT` when it is no checkpoint of a run.
 */
export function decodeCheckpoint(bytes: Uint8Array): TrainingCheckpoint {
  const { tensors, metadata } = readSafetensors(bytes);
  const { hasAverage, ...facts } = factsOf(metadata);
  return {
    ...facts,
    weights: unpack('weights', tensors),
    slots: unpack('slots', tensors),
    average: hasAverage ? unpack('average', tensors) : undefined,
  };
}
