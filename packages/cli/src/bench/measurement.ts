import { gunzipSync, gzipSync } from 'node:zlib';

/** What a child process reports about one backend. JSON. */
export interface Measurement {
  readonly backend: string;
  /** What was run: name of the bundle, or checkpoint and network. */
  readonly network: string;
  /** Adapter or instruction set. */
  readonly detail: string;
  /** Loading weights onto the device and preparing the network. */
  readonly compileMs: number;
  /** First image; on some backends this compiles shaders. */
  readonly firstMs: number;
  /** Decoded image in, label map out, after the warm-up; in order. */
  readonly runsMs: readonly number[];
  /** Largest resident size of the process. */
  readonly peakBytes: number;
  /** Size of the label map. */
  readonly width: number;
  readonly height: number;
  readonly labels: PackedLabels;
}

/** What a child process prints: a measurement, or why its backend does not work here. */
export type ChildReport = Measurement | { readonly unavailable: string };

/** A label map small enough for a line of JSON. */
export interface PackedLabels {
  readonly bytesPerLabel: 1 | 2;
  /** gzip, base64. */
  readonly data: string;
}

export const packLabels = (labels: Uint8Array | Uint16Array): PackedLabels => ({
  bytesPerLabel: labels.BYTES_PER_ELEMENT as 1 | 2,
  data: gzipSync(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength), { level: 1 }).toString('base64'),
});

export function unpackLabels({ bytesPerLabel, data }: PackedLabels): Uint8Array | Uint16Array {
  const bytes = new Uint8Array(gunzipSync(Buffer.from(data, 'base64')));
  return bytesPerLabel === 1 ? bytes : new Uint16Array(bytes.buffer);
}
