import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@atrous/core';
import { systemCode, UsageError } from '../errors.ts';
import { writeOutput } from '../files/write-output.ts';
import type { SparseCounts } from './metric.ts';
import { keyOf, type Treatment } from './setting.ts';

/** A line of the file: what one picture gave with one setting. */
interface Measurement {
  readonly image: string;
  readonly setting: Treatment;
  readonly counts: SparseCounts;
}

/** Everything that was measured, on disk and in memory: what is there is not measured again. */
export interface TuningLog {
  /** Measurements that were found in the file. */
  readonly found: number;
  get(image: string, treatment: Treatment): SparseCounts | undefined;
  /** Appends a line. */
  add(image: string, treatment: Treatment, counts: SparseCounts): void;
}

const isMeasurement = (line: object): line is Measurement => 'image' in line && 'setting' in line && 'counts' in line;

function parseLine(line: string): readonly object[] {
  try {
    return [JSON.parse(line) as object];
  } catch {
    // The process was killed while it wrote this line.
    return [];
  }
}

async function readLines(path: string): Promise<readonly object[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n').filter(Boolean).flatMap(parseLine);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function checkHeader(path: string, first: object | undefined, about: Json): void {
  if (first === undefined || ('tuning' in first && isDeepStrictEqual(first.tuning, about))) return;
  throw new UsageError(
    'tuning' in first ? `${path} holds the measurements of another tuning` : `${path} is no file of measurements`,
    'choose another --log, or remove the file',
  );
}

/**
 * Opens a file of measurements: one JSON object a line, what they are about in the first. Lines that were cut off are dropped.
 *
 * @param about everything that measurements depend on besides picture and setting.
 * @throws UsageError when the file is about something else; OutputError when it cannot be written.
 */
export async function openTuningLog(path: string, about: Json, signal: AbortSignal): Promise<TuningLog> {
  const lines = await readLines(path);
  checkHeader(path, lines[0], about);
  const kept = lines.filter(isMeasurement);
  const text = [{ tuning: about }, ...kept].map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeOutput(path, text, signal);
  const keyIn = (image: string, treatment: Treatment): string => `${keyOf(treatment)}\n${image}`;
  const known = new Map(kept.map(({ image, setting, counts }) => [keyIn(image, setting), counts]));
  return {
    found: kept.length,
    get: (image, treatment) => known.get(keyIn(image, treatment)),
    add(image, setting, counts) {
      known.set(keyIn(image, setting), counts);
      appendFileSync(path, `${JSON.stringify({ image, setting, counts } satisfies Measurement)}\n`);
    },
  };
}
