import { tensor, WeightsError, type Progress } from '@atrous/core';
import { createBundle, decodeBundle, encodeBundle, fetchBundle, writeSafetensors, type Bundle } from '@atrous/weights';
import { readBundle, writeBundle } from '@atrous/weights/node';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preprocessing, tinyGraph, tinyWeights, twoLabels } from './support/tiny-network.ts';

const tinyBundle = (): Bundle =>
  createBundle({
    name: 'tiny',
    description: 'for tests',
    model: { name: 'tiny', config: { depth: 3 } },
    graph: tinyGraph(),
    weights: tinyWeights(),
    labels: twoLabels,
    preprocessing,
    provenance: { source: 'made up', license: 'CC0-1.0' },
  });

type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** A server of one folder. */
const serve =
  (files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): typeof fetch =>
  async (address) => {
    const url = address instanceof Request ? address.url : String(address);
    const file = files.get(url.replace('https://models.test/tiny/', ''));
    return file ? new Response(file) : new Response('<!doctype html>', { status: 404, statusText: 'Not Found' });
  };

const open = (files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) =>
  fetchBundle('https://models.test/tiny', { fetch: serve(files) });

const encoded = async (): Promise<Files> => new Map(await encodeBundle(tinyBundle()));

async function withManifest(change: (manifest: Record<string, never>) => unknown): Promise<Files> {
  const files = await encoded();
  const manifest = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as Record<string, never>;
  change(manifest);
  return files.set('model.json', new TextEncoder().encode(JSON.stringify(manifest)));
}

/** The tiny bundle with another weights file, rightly hashed. */
async function withWeights(weights: Uint8Array<ArrayBuffer>): Promise<Files> {
  const sha256 = createHash('sha256').update(weights).digest('hex');
  const files = await withManifest((manifest: Record<string, unknown>) => {
    manifest['weights'] = { file: 'weights.safetensors', bytes: weights.length, sha256 };
  });
  return files.set('weights.safetensors', weights);
}

describe('createBundle', () => {
  it('leaves out weights that the graph does not name', () => {
    const weights = new Map([...tinyWeights(), ['classifier', tensor(Float32Array.of(1), [1])]]);
    const bundle = createBundle({ name: 'x', graph: tinyGraph(), weights, labels: twoLabels, preprocessing });
    expect([...bundle.weights.keys()]).toEqual([...tinyWeights().keys()]);
  });

  it('refuses labels that do not fit the logits', () => {
    const labels = { ...twoLabels, classes: twoLabels.classes.slice(0, 1) };
    expect(() => createBundle({ ...tinyBundle(), name: 'x', labels })).toThrow(
      'has 1 classes, the logits have 2 channels',
    );
    const gap = { ...twoLabels, classes: twoLabels.classes.map((entry) => ({ ...entry, id: entry.id * 2 })) };
    expect(() => createBundle({ ...tinyBundle(), name: 'x', labels: gap })).toThrow(
      'class "cat" has id 2 at position 1',
    );
  });

  it.each([
    ['border', { border: '186' }],
    ['std.1', { std: [1, 0, 1] }],
    ['fit.mode', { fit: { mode: 'crop', size: [513, 513] } }],
    ['fit.size.0', { fit: { mode: 'stretch', size: [0, 513] } }],
  ])('names the field %s of the preprocessing when it is wrong', (field, wrong) => {
    const typed = { ...preprocessing, ...(wrong as object) };
    expect(() => createBundle({ ...tinyBundle(), name: 'x', preprocessing: typed })).toThrow(
      expect.objectContaining({
        name: 'WeightsError',
        code: 'BUNDLE_PREPROCESSING',
        message: expect.stringContaining(`the preprocessing has a wrong field ${field}: `) as unknown,
      }),
    );
  });

  it('refuses missing weights and other outputs than logits', () => {
    expect(() => createBundle({ ...tinyBundle(), name: 'x', weights: new Map() })).toThrow(WeightsError);
    const graph = { ...tinyGraph(), outputs: { mask: 'logits' } };
    expect(() => createBundle({ ...tinyBundle(), name: 'x', graph })).toThrow('one output "logits", this one has mask');
  });
});

describe('decodeBundle', () => {
  it('gives back the bundle that was encoded', async () => {
    expect(await decodeBundle(await encoded())).toEqual(tinyBundle());
  });

  it('says which file is missing or damaged', async () => {
    const files = await encoded();
    const [manifest, weights] = [files.get('model.json')!, files.get('weights.safetensors')!];
    await expect(decodeBundle(new Map([['model.json', manifest]]))).rejects.toMatchObject({
      code: 'BUNDLE_FILE',
      message: expect.stringContaining('"weights.safetensors"') as string,
    });
    await expect(decodeBundle(new Map([['weights.safetensors', weights]]))).rejects.toMatchObject({
      code: 'BUNDLE_FILE',
    });
    await expect(decodeBundle(files.set('weights.safetensors', weights.slice(1)))).rejects.toMatchObject({
      code: 'BUNDLE_HASH',
    });
  });
});

describe('fetchBundle', () => {
  it('gives back the bundle that was encoded', async () => {
    expect(await open(await encoded())).toEqual(tinyBundle());
  });

  it.each([0, 186])('gives back a border of %i', async (border) => {
    const bundle: Bundle = { ...tinyBundle(), preprocessing: { ...preprocessing, border } };
    expect(await open(await encodeBundle(bundle))).toEqual(bundle);
  });

  it('takes the address of the folder, with and without a slash, and of the manifest', async () => {
    const fetch = serve(await encoded());
    for (const address of ['https://models.test/tiny/', new URL('https://models.test/tiny/model.json')])
      expect((await fetchBundle(address, { fetch })).manifest.name).toBe('tiny');
  });

  it('reads weights stored as float16', async () => {
    const halves = new Map(
      [...tinyWeights()].map(([name, { shape, data }]) => [
        name,
        { dtype: 'float16' as const, shape, data: data as Float32Array },
      ]),
    );
    const { weights } = await open(await withWeights(writeSafetensors(halves)));
    // Halves around 400 are a quarter apart, and 400.125 is a tie.
    expect(weights.get('logits/biases')).toEqual(tensor(Float32Array.of(400, 400), [2]));
  });

  it('stores filters as float16 when asked to, and keeps vectors and what float16 cannot hold', async () => {
    const halved = await open(await encodeBundle(tinyBundle(), { dtype: 'float16' }));
    for (const [name, { shape, data }] of tinyWeights()) {
      const read = halved.weights.get(name)!.data;
      if (shape.length === 1) expect(read).toEqual(data);
      else
        data.forEach((value, i) => expect(Math.abs(read[i]! - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11));
    }
    const filter = [...tinyWeights()].find(([, { shape }]) => shape.length > 1)!;
    const huge = new Map(tinyWeights()).set(filter[0], { ...filter[1], data: filter[1].data.map(() => 1e6 + 1) });
    const kept = await open(await encodeBundle({ ...tinyBundle(), weights: huge }, { dtype: 'float16' }));
    expect(kept.weights.get(filter[0])!.data[0]).toBe(1e6 + 1);
  });

  it('reports bytes while it downloads', async () => {
    const steps: Progress[] = [];
    const files = await encoded();
    await fetchBundle('https://models.test/tiny', { fetch: serve(files), onProgress: (step) => steps.push(step) });
    const total = files.get('weights.safetensors')?.length;
    expect(steps.at(-1)).toEqual({ phase: 'read', completed: total, total, item: 'weights.safetensors' });
    expect(steps[0]?.item).toBe('model.json');
  });

  it('stops when it is aborted, with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const loading = fetchBundle('https://models.test/tiny', {
      fetch: serve(await encoded()),
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(loading).rejects.toBe(reason);
  });

  it('says what a server answered', async () => {
    await expect(open(new Map())).rejects.toThrow('https://models.test/tiny/model.json answered 404 Not Found');
    const page = new Map([['model.json', new TextEncoder().encode('<!DOCTYPE html><p>hello')]]);
    await expect(open(page)).rejects.toThrow('model.json is a web page');
    await expect(fetchBundle('./tiny')).rejects.toThrow('"./tiny" is not an address');
  });

  it('refuses weights of another length or another hash', async () => {
    const files = await encoded();
    const weights = files.get('weights.safetensors') as Uint8Array<ArrayBuffer>;
    const flipped = weights.map((byte, i) => (i === weights.length - 1 ? byte ^ 1 : byte));
    await expect(open(new Map(files).set('weights.safetensors', flipped))).rejects.toMatchObject({
      code: 'BUNDLE_HASH',
    });
    for (const other of [weights.slice(0, -1), new Uint8Array(weights.length + 1)])
      await expect(open(new Map(files).set('weights.safetensors', other))).rejects.toMatchObject({
        code: 'BUNDLE_SIZE',
      });
  });

  it('stops downloading at the announced length', async () => {
    const files = await encoded();
    let chunks = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          chunks += 1;
          if (chunks > 1000) controller.close();
          else controller.enqueue(new Uint8Array(1024));
        },
      });
    const fetch: typeof globalThis.fetch = async (address) =>
      address instanceof Request || !String(address).endsWith('.json')
        ? new Response(endless())
        : new Response(files.get('model.json'));
    await expect(fetchBundle('https://models.test/tiny', { fetch })).rejects.toMatchObject({ code: 'BUNDLE_SIZE' });
    expect(chunks).toBeLessThan(20);
  });

  it('refuses weights that lack a tensor', async () => {
    const weights = new Map([...tinyWeights()].slice(1));
    await expect(open(await withWeights(writeSafetensors(weights)))).rejects.toMatchObject({ code: 'WEIGHT_MISSING' });
  });

  it.each([
    ['weights.file', (m: Record<string, { file: string }>) => ((m['weights'] as { file: string }).file = '../secret')],
    ['weights.file', (m: Record<string, { file: string }>) => ((m['weights'] as { file: string }).file = 'https:evil')],
    ['weights.file', (m: Record<string, { file: string }>) => ((m['weights'] as { file: string }).file = '..')],
    [
      'preprocessing.std.1',
      (m: Record<string, { std: number[] }>) => ((m['preprocessing'] as { std: number[] }).std = [1, 0, 1]),
    ],
    [
      'preprocessing.border',
      (m: Record<string, { border: number }>) => ((m['preprocessing'] as { border: number }).border = -1),
    ],
    [
      'preprocessing.border',
      (m: Record<string, { border: number }>) => ((m['preprocessing'] as { border: number }).border = 0.5),
    ],
    ['version', (m: Record<string, unknown>) => (m['version'] = 2)],
    ['labels', (m: Record<string, unknown>) => delete m['labels']],
  ])('names the field %s when it is wrong', async (field, change) => {
    await expect(open(await withManifest(change as never))).rejects.toThrow(
      `is not the model.json of a bundle: ${field}: `,
    );
  });

  it('refuses graphs that cannot be built', async () => {
    const files = await withManifest((manifest: { graph?: { nodes: unknown[] } }) => manifest.graph?.nodes.shift());
    await expect(open(files)).rejects.toMatchObject({ code: 'BUNDLE_GRAPH', name: 'WeightsError' });
  });
});

describe('bundles on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('come back as they were written, and leave nothing else behind', async () => {
    await writeBundle(join(folder, 'deep/tiny'), tinyBundle());
    expect(await readBundle(join(folder, 'deep/tiny'))).toEqual(tinyBundle());
    expect(await readdir(join(folder, 'deep'))).toEqual(['tiny']);
    expect((await readdir(join(folder, 'deep/tiny'))).toSorted()).toEqual(['model.json', 'weights.safetensors']);
  });

  it('replace an earlier bundle and fill an empty folder', async () => {
    await mkdir(join(folder, 'tiny'));
    await writeBundle(join(folder, 'tiny'), tinyBundle());
    await writeBundle(join(folder, 'tiny'), { ...tinyBundle(), labels: { ...twoLabels, name: 'second' } });
    expect((await readBundle(join(folder, 'tiny'))).labels.name).toBe('second');
    expect(await readdir(folder)).toEqual(['tiny']);
  });

  it('leave a folder alone that holds something else', async () => {
    await writeFile(join(folder, 'model.json'), '{"format":"graph-model"}');
    await expect(writeBundle(folder, tinyBundle())).rejects.toMatchObject({ code: 'BUNDLE_TARGET' });
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toBe('{"format":"graph-model"}');
    await writeBundle(join(folder, 'tiny'), tinyBundle());
    await writeFile(join(folder, 'tiny/notes.txt'), 'mine');
    await expect(writeBundle(join(folder, 'tiny'), tinyBundle())).rejects.toThrow('notes.txt');
    await expect(writeBundle(join(folder, 'model.json'), tinyBundle())).rejects.toMatchObject({
      code: 'BUNDLE_TARGET',
    });
  });

  it('leave nothing behind when writing fails', async () => {
    const broken = { ...tinyBundle(), weights: new Map([['x', { shape: [2], data: Float32Array.of(1) }]]) };
    await expect(writeBundle(join(folder, 'tiny'), broken)).rejects.toThrow(WeightsError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leave nothing behind when the last step fails', async () => {
    await symlink(join(folder, 'nowhere'), join(folder, 'tiny'));
    await expect(writeBundle(join(folder, 'tiny'), tinyBundle())).rejects.toMatchObject({ code: 'BUNDLE_WRITE' });
    expect(await readdir(folder)).toEqual(['tiny']);
  });

  it('are refused when a file is missing, cut or replaced', async () => {
    await expect(readBundle(join(folder, 'tiny'))).rejects.toMatchObject({ code: 'BUNDLE_FILE' });
    await writeBundle(join(folder, 'tiny'), tinyBundle());
    await writeFile(join(folder, 'tiny/weights.safetensors'), 'short');
    await expect(readBundle(join(folder, 'tiny'))).rejects.toMatchObject({ code: 'BUNDLE_SIZE' });
  });
});
