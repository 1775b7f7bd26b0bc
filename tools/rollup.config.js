// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import esbuild from 'rollup-plugin-esbuild';
import { assemblyScript } from './assemblyscript/index.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
const entries = Object.values(manifest.exports)
  .map((target) => target['@atrous/source'])
  .filter((file) => typeof file === 'string' && existsSync(file));

/** One output file per source file, so that every bundler can drop what is unused. */
export default {
  input: entries,
  output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
  external: [/^node:/, /^#/, ...declared.map((name) => new RegExp(`^${name}(/|$)`))],
  plugins: [assemblyScript(), esbuild({ target: 'es2022', tsconfig: false })],
  onLog(level, log, handler) {
    if (log.code === 'CIRCULAR_DEPENDENCY' || log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    handler(level, log);
  },
};
