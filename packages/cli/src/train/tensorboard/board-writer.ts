import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encodeEvent, type BoardEvent } from './encode-event.ts';
import { encodeRecord } from './encode-record.ts';

/** Writes curves that TensorBoard shows. */
export interface BoardWriter {
  /** Path of the event file. */
  readonly path: string;
  /** Appends values by tag, for example `train/loss`. */
  scalars(step: number, values: Readonly<Record<string, number>>): void;
  [Symbol.dispose](): void;
}

/**
 * Begins an event file in a folder; every run and every resumption has its own, and TensorBoard reads them as one.
 *
 * @param resumedAt steps done before; values of later steps in earlier files are forgotten.
 */
export function createBoardWriter(folder: string, resumedAt = 0): BoardWriter {
  const now = (): number => Date.now() / 1000;
  const started = now();
  mkdirSync(folder, { recursive: true });
  // TensorBoard reads the files of a folder in the order of their names.
  const path = join(
    folder,
    `events.out.tfevents.${Math.floor(started)}.${String(Math.floor((started % 1) * 1000)).padStart(3, '0')}.atrous`,
  );
  const file = openSync(path, 'w');
  const write = (event: BoardEvent): void => void writeSync(file, encodeRecord(encodeEvent(event)));
  write({ wallTime: started, step: 0, fileVersion: 'brain.Event:2' });
  if (resumedAt > 0) write({ wallTime: started, step: resumedAt + 1, isRestart: true });
  return {
    path,
    scalars: (step, values) => write({ wallTime: now(), step, scalars: values }),
    [Symbol.dispose]: () => closeSync(file),
  };
}
