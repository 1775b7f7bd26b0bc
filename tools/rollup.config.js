// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import esbuild from 'rollup-plugin-esbuild';
import { assemblyScript } from './assemblyscript/index.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
/** Sources that a table of exports or imports names, under any conditions. @param {unknown} targets @returns {string[]} */
const sourcesOf = (targets) =>
  Object.entries(targets ?? {}).flatMap(([key, value]) =>
    key === '@atrous/source' ? [value] : typeof value === 'object' ? sourcesOf(value) : [],
  );
const entries = [...sourcesOf(manifest.exports), ...sourcesOf(manifest.imports)].filter((file) => existsSync(file));

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
