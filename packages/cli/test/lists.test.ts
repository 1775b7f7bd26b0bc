import { labelMaps } from '@atrous/data';
import { models, presets, variants } from '@atrous/models';
import { nameMaps } from '@atrous/weights';
import { describe, expect, it } from 'vitest';
import { atrous } from './run-atrous.ts';

describe('models', () => {
  it('lists presets with where their weights are, models, parts, name maps and label maps', async () => {
    const { code, stdout } = await atrous(['models']);
    expect(code).toBe(0);
    for (const { name, published } of presets) expect(stdout).toMatch(new RegExp(`${name} +${published}`));
    for (const { name } of [...variants, ...models, ...nameMaps, ...labelMaps])
      expect(stdout).toContain(`\n  ${name} `);
    expect(stdout).toMatch(/backbone mobilenet-v2 +\{"depthMultiplier":1,/);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await atrous(['models', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      presets: presets.map(({ name, published }) => ({ name, published })),
      parts: expect.arrayContaining([expect.objectContaining({ kind: 'head', name: 'aspp' })]) as unknown[],
    });
  });
});

describe('plugins', () => {
  it('lists parts, models and backends', async () => {
    const { code, stdout } = await atrous(['plugins', '--json']);
    expect(code).toBe(0);
    const keys = (JSON.parse(stdout) as { kind: string; name: string }[]).map(({ kind, name }) => `${kind} ${name}`);
    for (const key of ['backbone mobilenet-v2', 'head aspp', 'model deeplab-v3', 'runtime wasm', 'runtime reference'])
      expect(keys).toContain(key);
  });

  it('prints a table', async () => {
    expect((await atrous(['plugins'])).stdout).toMatch(/^kind +name +from +what it is\nbackbone /);
  });
});
