import { readFileSync } from 'node:fs';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { createBoardWriter } from '../../src/train/tensorboard/board-writer.ts';
import { encodeRecord } from '../../src/train/tensorboard/encode-record.ts';
import { newFolder } from '../image-zoo.ts';

/** Messages of an event file, each without its frame. */
function recordsOf(file: Buffer): readonly Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(file.subarray(at, at + length + 16)).toEqual(Buffer.from(encodeRecord(data)));
    records.push(data);
    at += length + 16;
  }
  return records;
}

interface Decoded {
  step?: number;
  version?: string;
  session?: number;
  scalars: Record<string, number>;
}

function readScalar(pbf: PbfReader, end: number): readonly [string, number] {
  let tag = '';
  let value = Number.NaN;
  for (let field = pbf.nextField(end); field > 0; field = pbf.nextField(end)) {
    if (field === 1) tag = pbf.readString();
    else if (field === 2) value = pbf.readFloat();
  }
  return [tag, value];
}

/** Reads what encodeEvent writes, by the field numbers of event.proto and summary.proto. */
function decode(bytes: Uint8Array): Decoded {
  const event: Decoded = { scalars: {} };
  const pbf = new PbfReader(bytes);
  for (let field = pbf.nextField(); field > 0; field = pbf.nextField()) {
    if (field === 2) event.step = pbf.readVarint();
    else if (field === 3) event.version = pbf.readString();
    else if (field === 5) {
      const end = pbf.readVarint() + pbf.pos;
      while (pbf.nextField(end) === 1) {
        const [tag, value] = readScalar(pbf, pbf.readVarint() + pbf.pos);
        event.scalars[tag] = value;
      }
    } else if (field === 7) {
      const end = pbf.readVarint() + pbf.pos;
      while (pbf.nextField(end) === 1) event.session = pbf.readVarint();
    }
  }
  return event;
}

describe('encodeRecord', () => {
  it('frames as TensorFlow does', () => {
    // The beginning of every event file that TensorFlow 1 and 2 write: a record of 24 bytes.
    expect([...encodeRecord(new Uint8Array(24)).subarray(0, 12)]).toEqual([
      24, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22,
    ]);
  });
});

describe('createBoardWriter', () => {
  it('writes the version, then scalars', () => {
    using writer = createBoardWriter(newFolder());
    writer.scalars(1, { 'train/loss': 2.5, 'train/learning_rate': 0.015625 });
    writer.scalars(300, { 'validation/mean_iou': 0.5 });
    expect(writer.path).toMatch(/events\.out\.tfevents\.\d+\.\d+\.atrous$/);
    expect(recordsOf(readFileSync(writer.path)).map(decode)).toEqual([
      { step: 0, version: 'brain.Event:2', scalars: {} },
      { step: 1, scalars: { 'train/loss': 2.5, 'train/learning_rate': 0.015625 } },
      { step: 300, scalars: { 'validation/mean_iou': 0.5 } },
    ]);
  });

  it('tells TensorBoard to forget what came after the step it goes on at', () => {
    using writer = createBoardWriter(newFolder(), 120);
    expect(recordsOf(readFileSync(writer.path)).map(decode)[1]).toEqual({ step: 121, session: 1, scalars: {} });
  });
});
