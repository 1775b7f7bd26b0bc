// @ts-check
import { resolve } from 'node:path';
import { compileAssemblyScript } from './compile.js';

const QUERY = /\?assemblyscript(-relaxed)?(-shared)?$/;

/** @param {string} id */
const compile = (id) => {
  const [, isRelaxed, isShared] = QUERY.exec(id) ?? [];
  return compileAssemblyScript(id.replace(QUERY, ''), { isRelaxed: !!isRelaxed, isShared: !!isShared });
};

/** @type {typeof import('./index.d.ts').assemblyScript} */
export const assemblyScript = () => ({
  name: 'assemblyscript',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!QUERY.test(source) || importer === undefined) return null;
    return resolve(importer, '..', source);
  },
  async load(id) {
    if (!QUERY.test(id)) return null;
    const { code, sources } = await compile(id);
    for (const source of sources) this.addWatchFile(source);
    return code;
  },
});

/** @type {typeof import('./index.d.ts').assemblyScriptForEsbuild} */
export const assemblyScriptForEsbuild = () => ({
  name: 'assemblyscript',
  setup(bundler) {
    bundler.onResolve({ filter: QUERY }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
      namespace: 'assemblyscript',
    }));
    bundler.onLoad({ filter: /./, namespace: 'assemblyscript' }, async ({ path }) => {
      const { code, sources } = await compile(path);
      return { contents: code, watchFiles: sources };
    });
  },
});
