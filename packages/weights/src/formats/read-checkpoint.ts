import { UnsupportedError, WeightsError } from '@atrous/core';
import type { Checkpoint } from '../stored-tensor.ts';
import { readNpy } from './read-npy.ts';
import { readNpz } from './read-npz.ts';
import { readSafetensors } from './read-safetensors.ts';
import { readTflite } from './read-tflite.ts';

/** Whether bytes stand at an offset. */
const has = (bytes: Uint8Array, offset: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[offset + i] === letter.charCodeAt(0));

/** A format that is known when seen, by what it starts with, and what to do instead of reading it. */
interface Stranger {
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly what: string;
  readonly hint: string;
}

const strangers: readonly Stranger[] = [
  {
    matches: (bytes) => bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5,
    what: 'a Python pickle, probably a PyTorch checkpoint of the old kind, which is not readable yet',
    hint: 'use safetensors: `safetensors.torch.save_file(state_dict, "model.safetensors")` in Python',
  },
  {
    matches: (bytes) => has(bytes, 0, '\x89HDF\r\n'),
    what: 'HDF5, probably Keras weights, which are not readable yet',
    hint: 'use .npz: `numpy.savez("model.npz", **{w.name: w.numpy() for w in model.weights})` in Python',
  },
  {
    matches: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b,
    what: 'a gzip archive',
    hint: 'unpack it first',
  },
];

function refuse(bytes: Uint8Array, where: string): never {
  const text = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  const damaged = (message: string, hint: string) =>
    new WeightsError(`${where} ${message}`, { code: 'CHECKPOINT_FORMAT', hint });
  if (bytes.length === 0) throw damaged('is empty', 'download it again');
  if (/^<(!doctype|html|\?xml)/i.test(text))
    throw damaged(
      'is a web page, not a checkpoint',
      'open the address in a browser: the page says why there was no download',
    );
  if (text.startsWith('version https://git-lfs'))
    throw damaged('is a git-lfs pointer, not the checkpoint itself', 'run `git lfs pull` where it came from');
  const stranger = strangers.find(({ matches }) => matches(bytes));
  if (stranger)
    throw new UnsupportedError(`${where} is ${stranger.what}`, { code: 'FORMAT_UNSUPPORTED', hint: stranger.hint });
  throw damaged(
    'is no checkpoint of a known format',
    'readable are .safetensors, .npz, .npy, folders of .npy, and float .tflite; the file may have been cut short',
  );
}

/** A safetensors file has nothing that says so but the brace of its header. */
const looksLikeSafetensors = (bytes: Uint8Array): boolean =>
  bytes.length > 8 && bytes[8] === 0x7b && bytes[7] === 0 && bytes[6] === 0;

/**
 * Reads a checkpoint of any readable format, told by its content.
 *
 * @param bytes the whole file.
 * @param name what to call it in messages; a lone `.npy` array gets its last part, without the extension, as its name.
 * @throws WeightsError when it is broken or nothing known, saying what it seems to be.
 * @throws UnsupportedError when it is of a known format that is not read.
 */
export function readCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  if (has(bytes, 0, '\x93NUMPY')) {
    const key = name.replace(/^.*[\\/]/, '').replace(/\.npy$/i, '');
    return { format: 'npy', tensors: new Map([[key, readNpy(bytes)]]), metadata: {} };
  }
  if (has(bytes, 0, 'PK\x03\x04') || has(bytes, 0, 'PK\x05\x06')) return readNpz(bytes);
  if (has(bytes, 4, 'TFL3')) return readTflite(bytes);
  if (looksLikeSafetensors(bytes)) return readSafetensors(bytes);
  return refuse(bytes, name);
}
