// @ts-check
import { describe, expect, it } from 'vitest';
import { planOf } from '../plan.js';

const node = /** @type {const} */ ({ where: 'node', hasGpu: false, cores: 4 });
const [one, both] = [[1], [1, 2]];

describe('planOf', () => {
  it('is all networks and kernels, on all contenders of the place', () => {
    const plan = planOf({ threads: both }, node);
    expect(plan.filter(({ task }) => task.what === 'networks')).toHaveLength(6);
    expect(plan.filter(({ task }) => task.what === 'kernels')).toHaveLength(17);
    const names = plan[0]?.contenders.map(({ name }) => name);
    expect(names).toContain('Atrous simd, 2 threads');
    expect(names).toContain('TensorFlow.js wasm');
    expect(names).not.toContain('Atrous onnx-web, 1 thread');
  });

  it('leaves out what needs a GPU where there is none, with the reason', () => {
    const [step] = planOf({ threads: one, contenders: ['webgpu'] }, node);
    expect(step?.contenders).toEqual([]);
    expect(step?.missing.map(({ name }) => name)).toContain('TensorFlow.js WebGPU');
    const [withGpu] = planOf({ threads: one, contenders: ['webgpu'] }, { ...node, hasGpu: true });
    expect(withGpu?.contenders.map(({ name }) => name)).toContain('TensorFlow.js WebGPU');
    expect(withGpu?.missing).toEqual([]);
  });

  it('has kernels on one thread, and all else on one and on all, unless others are asked for', () => {
    const threadsOf = (/** @type {import('../plan.js').Wish} */ wish) =>
      planOf({ contenders: ['simd'], ...wish }, node)[0]?.contenders.map(({ threads }) => threads);
    expect(threadsOf({ what: ['networks'] })).toEqual([1, 4]);
    expect(threadsOf({ what: ['crf'], contenders: ['lattice'] })).toEqual([1, 4]);
    expect(threadsOf({ what: ['kernels'] })).toEqual([1]);
    expect(threadsOf({ what: ['kernels'], threads: both })).toEqual([1, 2]);
  });

  it('chooses by parts of names, whatever their case', () => {
    const plan = planOf({ threads: one, problems: ['ResNet', 'tail-129'], contenders: ['SIMD'] }, node);
    expect(plan.map(({ task }) => task.name)).toEqual(['v3plus-resnet50', 'tail-129-smooth', 'tail-129-random']);
    expect(plan[0]?.contenders.map(({ name }) => name)).toEqual(['Atrous simd, 1 thread']);
  });

  it('takes a whole name for itself, and not for a part of others', () => {
    const plan = planOf(
      { threads: one, problems: ['v3plus-mobilenetv2'], contenders: ['Atrous webgpu'] },
      { ...node, hasGpu: true },
    );
    expect(plan.map(({ task }) => task.name)).toEqual(['v3plus-mobilenetv2']);
    expect(plan[0]?.contenders.map(({ name }) => name)).toEqual(['Atrous webgpu']);
  });

  it('has a curve over sides, classes, labels, and every number of threads', () => {
    const sides = planOf({ threads: one, curve: 'side' }, node).map(({ task }) => task.size);
    expect(sides).toEqual([129, 257, 385, 513, 769, 1025]);
    expect(planOf({ threads: one, curve: 'side', sizes: [65] }, node).map(({ task }) => task.size)).toEqual([65]);
    expect(planOf({ threads: one, curve: 'classes' }, node).map(({ task }) => task.classes)).toEqual([2, 21, 60, 150]);
    expect(planOf({ threads: one, curve: 'labels' }, node).map(({ task }) => task.labels)).toEqual([2, 21, 60, 150]);
    const [threads] = planOf({ curve: 'threads', contenders: ['simd'] }, node);
    expect(threads?.contenders.map(({ threads }) => threads)).toEqual([1, 2, 3, 4]);
  });

  it('has no problem that none of those asked for can do', () => {
    const plan = planOf({ what: ['kernels', 'crf'], contenders: ['lattice'] }, node);
    expect(new Set(plan.map(({ task }) => task.what))).toEqual(new Set(['crf']));
  });

  it('refuses what there is not', () => {
    const what = /** @type {import('../problems/index.js').What[]} */ (/** @type {unknown} */ (['nothing']));
    expect(() => planOf({ threads: one, what }, node)).toThrow('"nothing" is none of networks, kernels, crf');
    expect(() => planOf({ problems: ['nothing'] }, node)).toThrow('no problem is called "nothing"');
    expect(() => planOf({ contenders: ['nothing', 'none'] }, node)).toThrow(
      'no contender is called "nothing" or "none"',
    );
  });
});
