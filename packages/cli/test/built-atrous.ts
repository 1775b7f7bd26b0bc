import { rmSync } from 'node:fs';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assemblyScriptForEsbuild } from '../../../tools/assemblyscript/index.js';

const packageFolder = fileURLToPath(new URL('../', import.meta.url));

/** A bundle of the command. */
export interface BuiltAtrous {
  /** Path of the script. */
  readonly script: string;
  remove(): void;
}

/** Bundles the sources into a script that Node runs. Other packages' code is included, third-party code is not. */
export async function buildAtrous(): Promise<BuiltAtrous> {
  const outdir = join(packageFolder, 'node_modules/.cache', `atrous-${process.pid}`);
  await build({
    stdin: {
      contents: `import { main } from './src/index.ts'; await main(process.argv[1] ?? '');`,
      loader: 'ts',
      resolveDir: packageFolder,
      sourcefile: 'atrous.ts',
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@atrous/source'],
    plugins: [
      assemblyScriptForEsbuild(),
      {
        name: 'third-party',
        setup(bundler) {
          // As the `imports` of @atrous/train say for Node.
          bundler.onResolve({ filter: /^#gradients$/ }, () => ({ path: '@tensorflow/tfjs', external: true }));
          bundler.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
            path.startsWith('@atrous/') || kind === 'entry-point' ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return { script: join(outdir, 'stdin.mjs'), remove: () => rmSync(outdir, { recursive: true }) };
}

/** Starts the built command in a process of its own. */
export const startAtrous = (script: string, argv: readonly string[], cwd: string): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [script, ...argv], { cwd });

/** What a finished process left. */
export function finished(
  child: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}
