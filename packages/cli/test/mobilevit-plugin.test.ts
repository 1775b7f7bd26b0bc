import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { NetworkDescription } from '../src/describe/describe-graph.ts';
import { atrous } from './run-atrous.ts';

const plugin = ['--plugin', fileURLToPath(new URL('../../../docs/examples/mobilevit/index.js', import.meta.url))];

describe('the example plugin', () => {
  it('is listed with its backbone and its ops', async () => {
    const { code, stdout } = await atrous([...plugin, 'plugins']);
    expect(code).toBe(0);
    for (const name of [
      'mobilevit',
      'mobilevit-layer-norm',
      'mobilevit-patch-attention',
      'mobilevit-enlarge-to-patches',
    ])
      expect(stdout).toContain(name);
  });

  it('gives networks of this house its backbone', async () => {
    const head = ['--set', 'head={"name":"aspp","imagePooling":"last"}'];
    const argv = [...plugin, 'describe', 'deeplabv3', '--backbone', 'mobilevit', ...head, '--size', '64', '--json'];
    const { code, stdout, stderr } = await atrous(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { parameters, outputStride } = JSON.parse(stdout) as NetworkDescription;
    // As Hugging Face Transformers has them, without running means and variances: 6,372,026 numbers in all.
    expect(parameters).toBe(6_357_941);
    expect(outputStride).toBe(16);
  });
});
