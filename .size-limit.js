/** What a program with selective imports carries, minified and gzipped. The limits leave a tenth of room. */
const program = 'docs/examples/selective-imports/main.ts';
/** Parts of packages that are fetched only when they are used, such as training. @type {import('esbuild').Plugin} */
const fetchedLater = {
  name: 'fetched-later',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};
/** @param {import('esbuild').BuildOptions} config */
const forBrowsers = (config) => ({
  ...config,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  plugins: [...(config.plugins ?? []), fetchedLater],
});

export default [
  {
    name: 'ten-line program, without TensorFlow.js',
    path: program,
    ignore: ['@tensorflow/*'],
    modifyEsbuildConfig: forBrowsers,
    brotli: false,
    gzip: true,
    limit: '25.8 kB',
  },
  {
    name: 'ten-line program, all of it',
    path: program,
    modifyEsbuildConfig: forBrowsers,
    brotli: false,
    gzip: true,
    limit: '119 kB',
  },
  {
    name: 'a graph to count and draw: deeplabV3 and MobileNetV2',
    path: 'docs/examples/selective-imports/network.ts',
    modifyEsbuildConfig: forBrowsers,
    brotli: false,
    gzip: true,
    limit: '7.8 kB',
  },
  {
    name: 'the runtime simd, kernels and all',
    path: 'packages/runtime-wasm/dist/index.js',
    modifyEsbuildConfig: forBrowsers,
    brotli: false,
    gzip: true,
    limit: '60 kB',
  },
  {
    name: 'the runtime webgpu, shaders and all',
    path: 'packages/runtime-webgpu/dist/index.js',
    modifyEsbuildConfig: forBrowsers,
    brotli: false,
    gzip: true,
    limit: '27 kB',
  },
];
