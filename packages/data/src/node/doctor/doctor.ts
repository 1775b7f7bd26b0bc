import { DataError, type LabelMap, type LongRunningOptions } from '@atrous/core';
import type { Dataset } from '../../dataset.ts';
import { parseDatasetSpec, type DatasetSpec } from '../dataset-spec.ts';
import type { FileDataset } from '../files/file-dataset.ts';
import { findSplits } from '../find-splits.ts';
import type { DatasetKind } from '../kinds/define-dataset.ts';
import { openDataset } from '../open-dataset.ts';
import { weighClasses, type ClassBalance } from './class-balance.ts';
import { examineSample, type Tally } from './examine-sample.ts';
import { findLeaks } from './find-leaks.ts';
import { createFindings, type Finding, type Findings } from './finding.ts';

/** Options of {@link doctor}. */
export interface DoctorOptions extends LongRunningOptions {
  /** Kinds that are known; all of this package by default. */
  readonly kinds?: readonly DatasetKind[] | undefined;
  /** What the masks' values mean, for kinds that leave it open. */
  readonly labels?: LabelMap | undefined;
  /** Most samples of each split that are looked at; all by default. */
  readonly limit?: number | undefined;
}

/** What {@link doctor} says about a data set. */
export interface DoctorReport {
  readonly labels: LabelMap;
  /** Splits and how many samples of each were looked at. */
  readonly splits: readonly { readonly name: string; readonly images: number }[];
  readonly classes: readonly ClassBalance[];
  /** Share of all pixels that do not count, 0 … 1. */
  readonly ignored: number;
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** Errors about what a split lacks; others are about what was asked for. */
const FILES = ['DATASET_PAIR', 'DATASET_EMPTY'];

/** Name of everything, where there are no splits. */
const ALL = 'all';

async function openSplits(
  spec: DatasetSpec,
  { kinds, labels }: DoctorOptions,
  findings: Findings,
): Promise<ReadonlyMap<string, Dataset>> {
  const names = spec.split === undefined ? await findSplits(spec, { kinds }) : [spec.split];
  const opened = new Map<string, Dataset>();
  for (const name of names.length === 0 ? [ALL] : names)
    try {
      opened.set(name, await openDataset(spec, { kinds, labels, split: name === ALL ? undefined : name }));
    } catch (error) {
      if (!(error instanceof DataError && FILES.includes(error.code))) throw error;
      findings.add('files-missing', name, `${name}: ${error.message}`);
    }
  return opened;
}

const emptyTally = (count: number): Tally => ({
  pixels: new Float64Array(count),
  images: new Float64Array(count),
  ignored: 0,
  seen: [],
});

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);

/** Goes through all samples. */
async function examine(
  splits: ReadonlyMap<string, Dataset>,
  findings: Findings,
  { limit, signal, onProgress }: DoctorOptions,
): Promise<ReadonlyMap<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const total = sum([...splits.values()].map(({ samples }) => Math.min(samples.length, limit ?? Infinity)));
  let completed = 0;
  for (const [split, dataset] of splits) {
    const { labels, samples } = dataset;
    const tally = emptyTally(labels.classes.length);
    tallies.set(split, tally);
    for (const path of (dataset as Partial<FileDataset>).unpaired ?? []) findings.add('mask-missing', path);
    for (const sample of samples.slice(0, limit)) {
      signal?.throwIfAborted();
      await examineSample(sample, { split, labels, tally, findings, signal });
      completed += 1;
      onProgress?.({ phase: 'examine', completed, total, item: `${split}/${sample.id}` });
    }
  }
  return tallies;
}

/**
 * Examines a data set before anything is learnt from it: missing and broken files, sizes, values and colours that are no class, alpha,
 * palettes in another order, empty masks, the balance of classes, and pictures that are in two splits or look as if they were (difference
 * hashes and small grey copies).
 *
 * @param source as of `openDataset`; all its splits are examined unless it names one.
 * @throws DataError when the data set cannot be opened at all; the signal's reason when aborted.
 */
export async function doctor(source: string | DatasetSpec, options: DoctorOptions = {}): Promise<DoctorReport> {
  const spec = typeof source === 'string' ? parseDatasetSpec(source, options.kinds) : source;
  const findings = createFindings();
  const splits = await openSplits(spec, options, findings);
  const labels = [...splits.values()][0]?.labels ?? options.labels ?? { name: 'unknown', classes: [] };
  const tallies = await examine(splits, findings, options);
  const classes = tallies.size === 0 ? [] : weighClasses(labels, tallies, findings);
  const ignoredPixels = sum([...tallies.values()].map(({ ignored }) => ignored));
  const ignored = ignoredPixels / (ignoredPixels + sum(classes.map(({ pixels }) => pixels)) || 1);
  if (ignored > 0.5) findings.add('mostly-ignored', 'all', `${(ignored * 100).toFixed(1)} %`);
  findLeaks(
    [...tallies.values()].flatMap(({ seen }) => seen),
    findings,
  );
  return {
    labels,
    splits: [...splits].map(([name, { samples }]) => ({
      name,
      images: Math.min(samples.length, options.limit ?? Infinity),
    })),
    classes,
    ignored,
    findings: findings.list(),
  };
}
