import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assemblyScriptForEsbuild } from '../../../tools/assemblyscript/index.js';
import { beforeAll, describe, expect, it } from 'vitest';

const example = fileURLToPath(new URL('../../../docs/examples/selective-imports/main.ts', import.meta.url));

/** Files that put code into the bundle. */
async function bundledFiles(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [example],
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    platform: 'browser',
    target: 'es2022',
    conditions: ['@atrous/source'],
    plugins: [assemblyScriptForEsbuild()],
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

describe('a program that imports a model, a backbone and a runtime', () => {
  let files: readonly string[];
  beforeAll(async () => {
    files = await bundledFiles();
  });

  it.each(['models/src/deeplab-v3.ts', 'backbones/src/mobilenet-v2.ts', 'heads/src/aspp.ts', 'tfjs-backend-wasm'])(
    'bundles %s',
    (part) => {
      expect(files.some((file) => file.includes(part))).toBe(true);
    },
  );

  it.each([
    'models/src/deeplab-v3-plus.ts',
    'models/src/models.ts',
    'models/src/presets.ts',
    'heads/src/decoder.ts',
    'tfjs-backend-webgl',
    'tfjs-backend-webgpu',
    'runtime-reference',
    'packages/data/',
    'packages/segmenter/',
    'packages/weights/src/formats/read-tflite.ts',
    'flatbuffers',
    'valibot',
  ])('leaves %s out', (part) => {
    expect(files.filter((file) => file.includes(part))).toEqual([]);
  });
});
