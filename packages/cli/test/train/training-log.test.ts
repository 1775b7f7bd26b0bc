import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTrainingLog } from '../../src/train/log/training-log.ts';
import { newFolder } from '../image-zoo.ts';
import { runOfEntries } from './run-of-entries.ts';

const { signal } = new AbortController();

async function writeLog(path: string): Promise<void> {
  const log = await openTrainingLog(path, 0, signal);
  for (const entry of runOfEntries(6, 3)) log.add(entry);
  log.add({ event: 'end', step: 6, reason: 'interrupted' });
}

const stepsIn = (path: string): readonly string[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; step: number })
    .map(({ event, step }) => `${event} ${step}`);

describe('openTrainingLog', () => {
  it('writes one object a line', async () => {
    const path = join(newFolder(), 'log.jsonl');
    await writeLog(path);
    expect(stepsIn(path)).toEqual([
      'start 0',
      'step 1',
      'step 2',
      'step 3',
      'evaluation 3',
      'step 4',
      'step 5',
      'step 6',
      'evaluation 6',
      'end 6',
    ]);
  });

  it('begins anew without a step', async () => {
    const path = join(newFolder(), 'log.jsonl');
    await writeLog(path);
    await openTrainingLog(path, 0, signal);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('forgets what came after the checkpoint that a run goes on from', async () => {
    const path = join(newFolder(), 'log.jsonl');
    await writeLog(path);
    const log = await openTrainingLog(path, 4, signal);
    log.add({ event: 'step', step: 5, loss: 1, learningRate: 1, seconds: 1 });
    const expected = ['start 0', 'step 1', 'step 2', 'step 3', 'evaluation 3', 'step 4', 'step 5'];
    expect(stepsIn(path)).toEqual(expected);
    expect(log.entries.map(({ event, step }) => `${event} ${step}`)).toEqual(expected);
  });

  it('passes over a line that was being written when the process was killed', async () => {
    const path = join(newFolder(), 'log.jsonl');
    await writeLog(path);
    appendFileSync(path, '{"event":"step","st');
    await openTrainingLog(path, 6, signal);
    expect(stepsIn(path).at(-1)).toBe('evaluation 6');
  });

  it('begins where there is no log of the earlier part', async () => {
    const path = join(newFolder(), 'new/log.jsonl');
    const log = await openTrainingLog(path, 6, signal);
    expect(log.entries).toEqual([]);
  });
});
