import crc32c from 'crc-32/crc32c.js';

/** TensorFlow rotates checksums and adds a constant, because a checksum of data that holds checksums is weak. */
function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c.buf(bytes) >>> 0;
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}

/**
 * Frames bytes as a record of TensorFlow's file format: length and its checksum, the bytes and theirs.
 *
 * @see TensorFlow, "TFRecord and tf.train.Example", section "TFRecords format details"
 */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return record;
}
