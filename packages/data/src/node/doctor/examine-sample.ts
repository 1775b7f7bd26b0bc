import { AtrousError, type LabelMap } from '@atrous/core';
import type { DatasetSample, LabelledImage } from '../../dataset.ts';
import type { ClassCounts } from './class-balance.ts';
import type { FindingCode, Findings } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Seen } from './find-leaks.ts';
import { inspectFiles, inspectPalette } from './inspect-files.ts';

/** Counts of a data set while it is gone through. */
export interface Tally extends ClassCounts {
  /** Pixels that do not count. */
  ignored: number;
  readonly seen: Seen[];
}

/** What errors of opening a sample are findings of. */
const CODES: Readonly<Record<string, FindingCode>> = {
  IMAGE_SIZE: 'size-differs',
  MASK_VALUE: 'value-outside',
  MASK_COLOR: 'mask-color-unknown',
};

/** Errors about the machine rather than the data. */
const FATAL = ['SHARP_MISSING'];

function histogram(data: Uint8Array | Uint16Array): ReadonlyMap<number, number> {
  const counts = new Float64Array(data instanceof Uint8Array ? 256 : 65_536);
  for (const id of data) counts[id]! += 1;
  return new Map([...counts.entries()].filter(([, count]) => count > 0));
}

async function openOr(
  sample: DatasetSample,
  where: string,
  findings: Findings,
  signal: AbortSignal | undefined,
): Promise<LabelledImage | undefined> {
  try {
    return await sample.open({ signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AtrousError) || FATAL.includes(error.code)) throw error;
    findings.add(CODES[error.code] ?? 'unreadable', where, error.message);
    return undefined;
  }
}

/** What a sample is examined for and against. */
export interface Examination {
  readonly split: string;
  readonly labels: LabelMap;
  readonly tally: Tally;
  readonly findings: Findings;
  readonly signal: AbortSignal | undefined;
}

/** Opens a sample, counts its classes and notes what is wrong with it. */
export async function examineSample(sample: DatasetSample, examination: Examination): Promise<void> {
  const { split, labels, tally, findings, signal } = examination;
  const where = `${split}/${sample.id}`;
  const opened = await openOr(sample, where, findings, signal);
  if (opened === undefined) return;
  const { image, mask } = opened;
  const counts = histogram(mask.data);
  const outside = [...counts.keys()].filter((id) => id >= labels.classes.length && id !== labels.ignoreLabel);
  for (const id of outside) findings.add('value-outside', where, `value ${id}`);
  for (const [id, count] of counts) {
    if (id === labels.ignoreLabel) tally.ignored += count;
    else if (id < labels.classes.length) {
      tally.pixels[id]! += count;
      tally.images[id]! += 1;
    }
  }
  if ([...counts.keys()].every((id) => id === labels.ignoreLabel)) findings.add('mask-empty', where);
  inspectPalette(mask, [...counts.keys()], labels, where, findings);
  await inspectFiles(sample, where, findings);
  tally.seen.push({ split, id: sample.id, fingerprint: fingerprintOf(image) });
}
