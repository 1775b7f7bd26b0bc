import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin } from 'vite';

/** The plugin for Rollup, Vite and Vitest: imports of `….ts?assemblyscript` give the compiled module as base64. */
export declare function assemblyScript(): Plugin;

/** The same for esbuild. */
export declare function assemblyScriptForEsbuild(): EsbuildPlugin;
