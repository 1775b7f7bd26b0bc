// @ts-check
import { resolve } from 'node:path';
import { compileAssemblyScript } from './compile.js';

const QUERY = '?assemblyscript';

/** @type {typeof import('./index.d.ts').assemblyScript} */
export const assemblyScript = () => ({
  name: 'assemblyscript',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!source.endsWith(QUERY) || importer === undefined) return null;
    return resolve(importer, '..', source);
  },
  async load(id) {
    if (!id.endsWith(QUERY)) return null;
    const { code, sources } = await compileAssemblyScript(id.slice(0, -QUERY.length));
    for (const source of sources) this.addWatchFile(source);
    return code;
  },
});

/** @type {typeof import('./index.d.ts').assemblyScriptForEsbuild} */
export const assemblyScriptForEsbuild = () => ({
  name: 'assemblyscript',
  setup(bundler) {
    bundler.onResolve({ filter: /\?assemblyscript$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path).slice(0, -QUERY.length),
      namespace: 'assemblyscript',
    }));
    bundler.onLoad({ filter: /./, namespace: 'assemblyscript' }, async ({ path }) => {
      const { code, sources } = await compileAssemblyScript(path);
      return { contents: code, watchFiles: sources };
    });
  },
});
