import { placeBlocks, type Block } from '@atrous/core';
import type { Address, Arena } from '@atrous/platform/threads';
import { grainOf } from './grain-of.ts';
import { KERNEL_FIELDS, kernelNumber, LISTS } from './kernel-fields.ts';
import type { Plan } from './make-plan.ts';
import {
  buffersOf,
  type FieldValue,
  type HostStep,
  type KernelStep,
  type ListStep,
  type Step,
  type Views,
} from './plan-builder.ts';
import type { Buffer } from './value.ts';

/** Of `Step` in `assembly/step.ts`. */
const STEP_FIELDS = 6;

/** Kernels that follow one another, or something that JavaScript does. */
export type Stretch =
  | { readonly first: Address; readonly end: Address; readonly steps: number }
  | { readonly host: HostStep; readonly steps: 1 };

/** A plan in memory, ready to be run. */
export interface InstalledPlan {
  readonly plan: Plan;
  /** To be run once, before the rest. */
  readonly preparation: readonly Stretch[];
  readonly stretches: readonly Stretch[];
  readonly views: Views;
}

/** `bytes` in whole cache lines. */
const inLines = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** From which step to which each buffer that steps compute is needed. */
function lifetimesOf({ builder, steps, inputs, outputs }: Plan): ReadonlyMap<Buffer, Block> {
  const lifetimes = new Map<Buffer, Block>();
  const use = (buffer: Buffer, at: number): void => {
    const { from = at, to = at } = lifetimes.get(buffer) ?? {};
    lifetimes.set(buffer, { size: inLines(buffer.bytes), from: Math.min(from, at), to: Math.max(to, at) });
  };
  for (const { buffer } of inputs) use(buffer, -1);
  for (const [at, step] of steps.entries())
    for (const buffer of buffersOf(step)) if (!builder.constants.has(buffer)) use(buffer, at);
  for (const { buffer } of outputs) use(buffer, steps.length);
  for (const step of builder.preparations)
    for (const buffer of buffersOf(step)) [-1, steps.length].forEach((at) => use(buffer, at));
  return lifetimes;
}

/** Where buffers lie: constants for good, the others where they are out of each other's way. */
function placeAll(plan: Plan, arena: Arena): (buffer: Buffer) => Address {
  const addresses = new Map<Buffer, Address>();
  for (const [buffer, data] of plan.builder.constants) {
    const at = arena.allocate(data.byteLength);
    arena.ints(at, data.length).set(data);
    addresses.set(buffer, at);
  }
  const lifetimes = lifetimesOf(plan);
  const blocks = [...lifetimes.values()];
  const offsets = placeBlocks(blocks);
  const base = arena.allocate(Math.max(0, ...blocks.map(({ size }, i) => offsets[i]! + size)));
  for (const [i, buffer] of [...lifetimes.keys()].entries()) addresses.set(buffer, base + offsets[i]!);
  return (buffer) => addresses.get(buffer)!;
}

function writeFields({ kernel, fields }: KernelStep, arena: Arena, addressOf: (buffer: Buffer) => Address): Address {
  const resolve = (field: FieldValue): number => {
    if (typeof field === 'number') return field;
    return 'buffer' in field ? addressOf(field.buffer) + field.offset : addressOf(field);
  };
  const values = KERNEL_FIELDS[kernel].map((name) => resolve(fields[name]!));
  return writeInts(values, arena);
}

/** Cuts steps into stretches of at most `mostWork`, and between kernels and the host. */
function cutSteps(steps: readonly Step[], first: Address, mostWork: number): Stretch[] {
  const stretches: Stretch[] = [];
  let at = first;
  let work = 0;
  for (const step of steps) {
    const last = stretches.at(-1);
    if ('uses' in step) stretches.push({ host: step, steps: 1 });
    else {
      const end = at + 4 * STEP_FIELDS;
      work += step.work;
      if (last && 'end' in last && work <= mostWork)
        stretches[stretches.length - 1] = { ...last, end, steps: last.steps + 1 };
      else {
        stretches.push({ first: at, end, steps: 1 });
        work = step.work;
      }
      at = end;
    }
  }
  return stretches;
}

/** Puts integers into memory. */
function writeInts(values: readonly number[], arena: Arena): Address {
  const at = arena.allocate(4 * values.length);
  arena.ints(at, values.length).set(values);
  return at;
}

function writeLists({ lists }: ListStep, parts: number, arena: Arena, addressOf: (buffer: Buffer) => Address): Address {
  const first = writeSteps(lists.flat(), parts, arena, addressOf);
  const ends = lists.map((_, i) => first + 4 * STEP_FIELDS * lists.slice(0, i + 1).flat().length);
  return writeInts([first, ...ends], arena);
}

function writeSteps(
  steps: readonly Step[],
  parts: number,
  arena: Arena,
  addressOf: (buffer: Buffer) => Address,
): Address {
  const table = steps.flatMap((step) => {
    if ('uses' in step) return [];
    if ('lists' in step) return [LISTS, writeLists(step, parts, arena, addressOf), step.lists.length, 0, 1, 0];
    const grain = grainOf(step, parts);
    return [kernelNumber(step.kernel), writeFields(step, arena, addressOf), step.items, step.first ?? 0, grain, 0];
  });
  return writeInts(table, arena);
}

/**
 * Puts a plan into memory.
 *
 * @param mostWork multiply-adds after which others get their turn.
 * @throws BackendError `OUT_OF_MEMORY`.
 */
export function installPlan(plan: Plan, arena: Arena, mostWork: number): InstalledPlan {
  const addressOf = placeAll(plan, arena);
  const stretchesOf = (steps: readonly Step[]) =>
    cutSteps(steps, writeSteps(steps, plan.builder.parts, arena, addressOf), mostWork);
  return {
    plan,
    preparation: stretchesOf(plan.builder.preparations),
    stretches: stretchesOf(plan.steps),
    views: {
      floats: (buffer) => arena.floats(addressOf(buffer), buffer.bytes / 4),
      ints: (buffer) => arena.ints(addressOf(buffer), buffer.bytes / 4),
    },
  };
}
