import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { systemCode } from '../../errors.ts';
import { writeOutput } from '../../files/write-output.ts';
import type { LogEntry } from './log-entry.ts';

/** The log of a run, on disk and in memory. */
export interface TrainingLog {
  /** Everything since the run began, resumptions included. */
  readonly entries: readonly LogEntry[];
  /** Appends a line. */
  add(entry: LogEntry): void;
}

function parseLine(line: string): readonly LogEntry[] {
  try {
    return [JSON.parse(line) as LogEntry];
  } catch {
    // The process was killed while it wrote this line.
    return [];
  }
}

async function readLog(path: string): Promise<readonly LogEntry[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n').filter(Boolean).flatMap(parseLine);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Steps after the checkpoint happen again; where the earlier part ended says nothing any more. */
const happened = (entry: LogEntry, step: number): boolean => entry.event !== 'end' && entry.step <= step;

/**
 * Opens `log.jsonl`: one JSON object a line, in the order in which things happened.
 *
 * @param step steps done before; 0 begins the log anew, more keep its lines up to there.
 * @throws OutputError when it cannot be written.
 */
export async function openTrainingLog(path: string, step: number, signal: AbortSignal): Promise<TrainingLog> {
  const kept = step === 0 ? [] : (await readLog(path)).filter((entry) => happened(entry, step));
  await writeOutput(path, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''), signal);
  const entries = [...kept];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      appendFileSync(path, `${JSON.stringify(entry)}\n`);
    },
  };
}
