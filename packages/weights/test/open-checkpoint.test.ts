import { UnsupportedError, WeightsError } from '@atrous/core';
import { writeSafetensors } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}";
const npy = Uint8Array.of(
  0x93,
  0x4e,
  0x55,
  0x4d,
  0x50,
  0x59,
  1,
  0,
  header.length,
  0,
  ...new TextEncoder().encode(header),
  7,
);

describe('openCheckpoint', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it('opens files whatever they are called', async () => {
    const path = await put('weights.bin', writeSafetensors(new Map([['x', { shape: [1], data: Float32Array.of(1) }]])));
    expect((await openCheckpoint(path)).format).toBe('safetensors');
    const lone = await openCheckpoint(await put('conv.npy', npy));
    expect(lone.tensors.get('conv')?.data).toEqual(Uint8Array.of(7));
  });

  it('opens folders of arrays, whatever else lies in them', async () => {
    for (const name of ['b.npy', 'a.npy', '__proto__.npy']) await put(name, npy);
    await put('README.md', 'text');
    const { format, tensors } = await openCheckpoint(folder);
    expect(format).toBe('folder of npy');
    expect([...tensors.keys()]).toEqual(['__proto__', 'a', 'b']);
  });

  it.each([
    ['empty', '', 'is empty'],
    ['a web page', '\n<!DOCTYPE html><html>', 'is a web page'],
    ['a git-lfs pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a', 'is a git-lfs pointer'],
    ['text', 'hello', 'is no checkpoint of a known format'],
    ['a truncated archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'its directory is missing'],
    ['a truncated array', npy.subarray(0, 20), 'its header is longer than the file'],
  ])('says so when the file is %s', async (_, content, message) => {
    const path = await put('model.safetensors', content);
    await expect(openCheckpoint(path)).rejects.toThrow(WeightsError);
    await expect(openCheckpoint(path)).rejects.toThrow(message);
    await expect(openCheckpoint(path)).rejects.toThrow(path);
  });

  it.each([
    ['a pickle', Uint8Array.of(0x80, 2, 0x8a, 0x0a), 'PyTorch'],
    ['HDF5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a), 'Keras'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8), 'gzip'],
  ])('knows %s and does not read it', async (_, content, message) => {
    const path = await put('model', content);
    await expect(openCheckpoint(path)).rejects.toThrow(UnsupportedError);
    await expect(openCheckpoint(path)).rejects.toThrow(message);
  });

  it('says what is missing', async () => {
    await expect(openCheckpoint(join(folder, 'none'))).rejects.toThrow('there is no checkpoint at');
    await mkdir(join(folder, 'empty'));
    await expect(openCheckpoint(join(folder, 'empty'))).rejects.toThrow('is a folder without .npy files');
    const broken = await put('broken.npy', 'x');
    await expect(openCheckpoint(folder)).rejects.toThrow(broken);
  });
});
