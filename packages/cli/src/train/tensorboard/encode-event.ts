import { PbfWriter } from 'pbf';

/** What TensorBoard is told at one moment. */
export interface BoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  /** Values by tag: `train/loss`. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** First event of a file. */
  readonly fileVersion?: 'brain.Event:2';
  /** A run that goes on with `step`: TensorBoard forgets what it read of that step and later ones. */
  readonly isRestart?: true;
}

/** `SessionLog.START` of event.proto. */
const START = 1;

function writeScalar([tag, value]: readonly [string, number], writer: PbfWriter): void {
  writer.writeStringField(1, tag);
  writer.writeFloatField(2, value);
}

function writeSummary(scalars: Readonly<Record<string, number>>, writer: PbfWriter): void {
  for (const scalar of Object.entries(scalars)) writer.writeMessage(1, writeScalar, scalar);
}

/**
 * Encodes the message `Event` of tensorboard/compat/proto/event.proto, as far as scalars need it.
 *
 * @returns protocol buffer bytes.
 */
export function encodeEvent({ wallTime, step, scalars, fileVersion, isRestart }: BoardEvent): Uint8Array {
  const writer = new PbfWriter();
  writer.writeDoubleField(1, wallTime);
  writer.writeVarintField(2, step);
  if (fileVersion !== undefined) writer.writeStringField(3, fileVersion);
  if (scalars !== undefined) writer.writeMessage(5, writeSummary, scalars);
  if (isRestart) writer.writeMessage(7, (status, session) => session.writeVarintField(1, status), START);
  return writer.finish();
}
