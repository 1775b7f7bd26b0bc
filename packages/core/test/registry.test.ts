import { describe, expect, expectTypeOf, it } from 'vitest';
import { createRegistry, defineBackbone, defineHead, UnknownPluginError } from '../src/index.ts';
import { fiveStages } from './tiny-networks.ts';

const sum = defineHead({
  name: 'sum',
  description: 'Adds nothing',
  defaults: {},
  build: (_builder, features) => {
    if (features.c5 === undefined) throw new Error('no c5');
    return features.c5.node;
  },
});

describe('plugins', () => {
  it('are functions of their options that carry their name', () => {
    expect(fiveStages.name).toBe('five-stages');
    expect(fiveStages({ width: 4 }).options).toEqual({ width: 4 });
    expectTypeOf(fiveStages.name).toEqualTypeOf<'five-stages'>();
    // @ts-expect-error an option that does not exist
    fiveStages({ depth: 3 });
  });

  it('refuse defaults of the wrong type', () => {
    defineBackbone({
      name: 'wrong',
      description: '',
      // @ts-expect-error the option is a number
      defaults: { width: 'eight' },
      build: (_builder, _image, _options: { width: number }) => ({}),
    });
  });
});

describe('registry', () => {
  const registry = createRegistry(fiveStages, sum);

  it('finds plugins by name with their types', () => {
    expect(registry.get('five-stages')).toBe(fiveStages);
    expectTypeOf(registry.get('sum')).toEqualTypeOf(sum);
    expect(registry.find('head', 'sum')).toBe(sum);
    expect(registry.list('backbone')).toEqual([fiveStages]);
  });

  it('lists what it knows when a name is unknown', () => {
    expect(() => registry.find('backbone', 'resnet')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_PLUGIN', hint: 'known: five-stages' }),
    );
  });

  it('stays as it is when extended', () => {
    const other = defineHead({ ...sum, name: 'other', build: (_b, f) => (f.c5 ?? Object.values(f)[0])!.node });
    const more = registry.with(other);
    expect(more.list()).toHaveLength(3);
    expect(registry.list()).toHaveLength(2);
    expect(() => registry.with(sum)).toThrow(UnknownPluginError);
  });
});
