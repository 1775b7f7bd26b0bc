import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '@atrous/core';
import { presets, type Preset } from '@atrous/models';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { dataFolder, generateTensor, largestDifference, largestMagnitude } from '@atrous/testing';
import { openCheckpoint, readBundle } from '@atrous/weights/node';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { writeCheckpoint } from './checkpoint.ts';
import { newFolder } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';

const portrait = presets.find(({ name }) => name.endsWith('portrait')) as Preset;

describe('convert', () => {
  it('recognises a network, writes a bundle and prints the report', async () => {
    const out = join(newFolder(), 'bundle');
    const { code, stdout, stderr } = await atrous(['convert', writeCheckpoint(portrait), '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`model.safetensors as ${portrait.name}`);
    expect(stdout).toMatch(/matched +272\n/);
    const { manifest, labels, preprocessing } = await readBundle(out);
    expect(manifest).toMatchObject({ name: portrait.name, model: portrait.model, provenance: { license: 'MIT' } });
    expect([labels.name, preprocessing]).toEqual(['portrait', portrait.preprocessing]);
  });

  it('takes other numbers of classes with --set, and numbers them where labels are not known', async () => {
    const checkpoint = writeCheckpoint(portrait, 5);
    const refused = await atrous(['convert', checkpoint, '--out', join(newFolder(), 'x')]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`nearest is ${portrait.name}: "logits/weights" is [1, 1, 256, 5]`);
    expect(refused.stderr).toContain('--set numClasses=N');
    const out = join(newFolder(), 'bundle');
    expect(await atrous(['convert', checkpoint, '--set', 'numClasses=5', '--out', out])).toMatchObject({ code: 0 });
    expect((await readBundle(out)).labels.classes.map(({ name }) => name)).toEqual(
      [0, 1, 2, 3, 4].map((id) => `class ${id}`),
    );
  });

  it('takes labels and a network from files', async () => {
    const folder = newFolder();
    const labels = { name: 'mine', classes: ['sky', 'sea'].map((name, id) => ({ id, name, color: [id, 0, 0] })) };
    writeFileSync(join(folder, 'labels.json'), JSON.stringify(labels));
    const { model, preprocessing } = portrait;
    writeFileSync(join(folder, 'net.json'), JSON.stringify({ model, preprocessing }));
    const files = ['--model', join(folder, 'net.json'), '--labels', join(folder, 'labels.json')];
    const out = join(folder, 'bundle');
    const { stdout } = await atrous(['convert', writeCheckpoint(portrait), ...files, '--out', out, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ model: 'net', labels: 'mine', report: { missing: [] }, wrote: out });
    expect((await readBundle(out)).labels).toEqual(labels);
  });

  it('leaves away what is for training', async () => {
    const config = { ...portrait.model.config, auxiliary: { name: 'fcn', input: 'c4', channels: 8 } };
    const trained = { ...portrait, model: { ...portrait.model, config } };
    const folder = newFolder();
    writeFileSync(join(folder, 'net.json'), JSON.stringify(trained));
    const out = join(folder, 'bundle');
    const made = await atrous(['convert', writeCheckpoint(trained), '--model', join(folder, 'net.json'), '--out', out]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const { graph, weights } = await readBundle(out);
    expect(Object.keys(graph.outputs)).toEqual(['logits']);
    expect(
      [...graph.nodes.map(({ name }) => name), ...weights.keys()].filter((name) => /auxiliary/.test(name)),
    ).toEqual([]);
  });

  it('writes safetensors that it can read again', async () => {
    const checkpoint = writeCheckpoint(portrait);
    const out = join(newFolder(), 'deep/copy.safetensors');
    expect(await atrous(['convert', checkpoint, '--to', 'safetensors', '--out', out])).toMatchObject({ code: 0 });
    expect((await openCheckpoint(out)).tensors).toEqual((await openCheckpoint(checkpoint)).tensors);
  });

  it('writes ONNX that onnxruntime reads: prepared pictures in, logits out', async () => {
    const folder = newFolder();
    const checkpoint = writeCheckpoint(portrait);
    const [onnxFile, bundleFolder] = [join(folder, 'portrait.onnx'), join(folder, 'portrait')];
    const toOnnx = ['convert', checkpoint, '--to', 'onnx', '--size', '33', '--out', onnxFile];
    expect(await atrous(toOnnx)).toMatchObject({ code: 0, stderr: '' });
    expect(await atrous(['convert', checkpoint, '--out', bundleFolder])).toMatchObject({ code: 0 });
    const { graph, weights } = await readBundle(bundleFolder);
    const pictures = generateTensor({ name: 'pictures', shape: [2, 33, 33, 3], offset: 0, scale: 1 });
    using executable = await wasm().compile(graph, weights);
    const expected = (await executable.run(pictures))['logits'] as Tensor;
    const session = await InferenceSession.create(readFileSync(onnxFile));
    const { logits } = await session.run({ image: new OnnxTensor('float32', pictures.data, pictures.shape) });
    expect(logits?.dims).toEqual(expected.shape);
    const allowed = 2e-5 * Math.max(1, largestMagnitude(expected.data));
    expect(largestDifference(logits?.data as Float32Array, expected.data).value).toBeLessThanOrEqual(allowed);
  });

  it('refuses a size where nothing has one, and ONNX of half precision', async () => {
    const checkpoint = writeCheckpoint(portrait);
    const refused = async (...flags: string[]) =>
      (await atrous(['convert', checkpoint, '--out', 'x', ...flags])).stderr;
    expect(await refused('--size', '33')).toContain('only ONNX models are made for one size');
    expect(await refused('--to', 'onnx', '--half')).toContain('ONNX models are written in float32');
  });

  it('halves the filters with --half', async () => {
    const folder = newFolder();
    const checkpoint = writeCheckpoint(portrait);
    const size = async (...flags: string[]): Promise<number> => {
      const out = join(folder, `bundle${flags.length}`);
      expect(await atrous(['convert', checkpoint, '--out', out, ...flags])).toMatchObject({ code: 0, stderr: '' });
      expect((await readBundle(out)).manifest.name).toBe(portrait.name);
      return statSync(join(out, 'weights.safetensors')).size;
    };
    expect((await size('--half')) / (await size())).toBeLessThan(0.6);
  });

  it('leaves nothing behind when it fails', async () => {
    const checkpoint = writeCheckpoint(portrait);
    for (const [flags, code, expected] of [
      [['--model', 'nope'], 2, '`atrous models` lists all'],
      [['--name-map', 'nope'], 2, 'known: auto, atrous'],
      [['--labels', 'nope'], 2, 'known: voc2012'],
      [['--labels', 'voc2012'], 2, '21 classes, the network has 2'],
      [['--model', 'deeplab-v3', '--set', 'numClasses=2'], 1, 'WEIGHT'],
      [['--model', 'deeplabv3-mobilenetv2-voc'], 1, 'WEIGHT'],
    ] as const) {
      const folder = newFolder();
      const result = await atrous(['convert', checkpoint, ...flags, '--out', join(folder, 'bundle')]);
      expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(expected) as string });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('says what a file is that is no checkpoint, and never replaces a folder of other things', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'page.tflite'), '<!doctype html>');
    const page = await atrous(['convert', join(folder, 'page.tflite'), '--out', join(folder, 'bundle')]);
    expect(page).toMatchObject({ code: 1, stderr: expect.stringContaining('is a web page') as string });
    const taken = await atrous(['convert', writeCheckpoint(portrait), '--out', folder]);
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('[BUNDLE_TARGET]') as string });
    expect(readdirSync(folder)).toEqual(['page.tflite']);
  });
});

const data = dataFolder();
describe.skipIf(data === undefined)('convert, published checkpoints', () => {
  it.each([
    ['deeplabv3-mnv2-voc-npy/weights', 'deeplabv3-mobilenetv2-voc', 110],
    ['deeplabv3-mnv2-dm05-voc-257/deeplabv3_257_mv_gpu.tflite', 'deeplabv3-mobilenetv2-dm05-voc', 110],
    ['deeplabv3-mnv2-dm05-portrait/repacked/portrait.npz', 'deeplabv3-mobilenetv2-dm05-portrait', 272],
    ['deeplabv3-mnv2-dm05-portrait/repacked/portrait.safetensors', 'deeplabv3-mobilenetv2-dm05-portrait', 272],
  ])('recognises %s', async (path, model, tensors) => {
    const out = join(newFolder(), 'bundle');
    const { code, stdout } = await atrous(['convert', join(data ?? '', path), '--out', out, '--json']);
    expect(code).toBe(0);
    const { report, ...rest } = JSON.parse(stdout) as {
      report: { matched: unknown[]; missing: unknown[] };
      model: string;
    };
    expect([rest.model, report.matched.length, report.missing.length]).toEqual([model, tensors, 0]);
    expect(existsSync(join(out, 'weights.safetensors'))).toBe(true);
  });

  it.each([
    ['deeplabv3-mnv2-voc-uint8/deeplabv3_mnv2_pascal_quant.tflite', 'TFLITE_QUANTIZED'],
    ['mobilenetv2-imagenet-bn-npy/weights', 'NETWORK_UNKNOWN'],
    ['containers/sinet-pytorch-pth/model_296.pth', 'FORMAT_UNSUPPORTED'],
    ['containers/slimnet-keras-h5/slim_reshape.h5', 'FORMAT_UNSUPPORTED'],
    ['images', 'CHECKPOINT_FORMAT'],
  ])('says why it cannot take %s', async (path, expected) => {
    const folder = newFolder();
    const result = await atrous(['convert', join(data ?? '', path), '--out', join(folder, 'bundle')]);
    expect(result).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`[${expected}]\nhint: `) as string,
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
