// @ts-check

/**
 * A runtime of Atrous.
 *
 * @param {(setting: import('./serve.js').Setting) => import('@atrous/core').Runtime} create
 * @returns {import('./serve.js').Load}
 */
export const atrous =
  (create) =>
  async ({ graph, weights, image }, setting) => {
    const runtime = create(setting);
    const here = await runtime.available();
    if (!here.available) throw new Error(here.reason);
    const executable = await runtime.compile(graph, weights);
    const [output = ''] = Object.keys(graph.outputs);
    return { run: async () => (await executable.run(image))[output]?.data ?? [] };
  };
