import type { WindowAxis } from '@atrous/core';
import type { FieldOf, KernelName } from './kernel-fields.ts';
import { paddedTo, type Buffer, type Slice, type Value } from './value.ts';

/** What a field of a kernel is set to: a number, or an address that is not known yet. */
export type FieldValue = number | Buffer | Slice;

/** How a kernel goes from row to row, reading a map at `x` and writing one at `y`. */
export interface RowWise {
  readonly y: Value;
  /** How a window walks down the map that it reads; nothing where any row may read all of it. */
  readonly window?: WindowAxis;
}

/** One call of a kernel, whose items threads share. */
export interface KernelStep {
  readonly kernel: KernelName;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** The first item. Default 0. */
  readonly first?: number;
  readonly items: number;
  readonly unit: number;
  /** Multiply-adds, or what takes as long. */
  readonly work: number;
  /** Given where items are rows, or their pixels. */
  readonly rows?: RowWise | undefined;
}

/** The numbers of buffers, until memory grows. */
export interface Views {
  floats(buffer: Buffer): Float32Array;
  ints(buffer: Buffer): Int32Array;
}

/** Something that JavaScript does between kernels. */
export interface HostStep {
  readonly uses: readonly Buffer[];
  readonly run: (views: Views) => void;
}

/** Lists of kernel calls, which threads share: whoever takes a list runs all of it, one call after the other. */
export interface ListStep {
  readonly lists: readonly (readonly KernelStep[])[];
  readonly work: number;
  /** The steps whose work they do. */
  readonly chain: readonly KernelStep[];
}

export type Step = KernelStep | ListStep | HostStep;

/** The buffers that a step reads and writes, as often as it names each. */
export function buffersOf(step: Step): readonly Buffer[] {
  if ('uses' in step) return step.uses;
  if ('lists' in step) return [...new Set(step.lists.flat().flatMap(buffersOf))];
  return Object.values(step.fields).flatMap((field) =>
    typeof field === 'number' ? [] : 'buffer' in field ? [field.buffer] : [field],
  );
}

/** How a kernel's items are shared, and how long they take. */
export interface StepCost {
  readonly items: number;
  /** Threads take multiples of it. Default 1. */
  readonly unit?: number;
  readonly work: number;
  readonly rows?: RowWise;
}

/** What every step of a plan has to mind. */
export interface PlanOptions {
  /** Threads that run it: what they write for themselves only takes as much room each. */
  readonly parts: number;
  /** Whether every sum is to be added up as the graph says. */
  readonly isExact: boolean;
}

/** Adds a call of a kernel. */
type AddKernel = <K extends KernelName>(
  kernel: K,
  cost: StepCost,
  fields: Readonly<Record<FieldOf<K>, FieldValue>>,
) => void;

/** Collects the steps of a plan. */
export interface PlanBuilder extends PlanOptions {
  /** What is done once, before the plan first runs. Buffers that it uses keep what they hold. */
  readonly preparations: readonly KernelStep[];
  readonly steps: readonly Step[];
  /** What is written once, before the plan first runs: tables of integers or floats. */
  readonly constants: ReadonlyMap<Buffer, Int32Array>;
  buffer(bytes: number): Buffer;
  constant(data: Int32Array): Buffer;
  /** A map that steps will compute. */
  value(shape: Value['shape'], type?: Value['type']): Value;
  readonly kernel: AddKernel;
  readonly prepare: AddKernel;
  host(step: HostStep): void;
}

/** A plan without steps. */
export function createPlanBuilder(options: PlanOptions): PlanBuilder {
  const steps: Step[] = [];
  const preparations: KernelStep[] = [];
  const constants = new Map<Buffer, Int32Array>();
  const buffer = (bytes: number): Buffer => ({ bytes });
  const adderTo =
    (list: Step[]): AddKernel =>
    (kernel, { items, unit = 1, work, rows }, fields) =>
      void list.push({ kernel, fields, items, unit, work, rows });
  return {
    ...options,
    steps,
    preparations,
    constants,
    buffer,
    constant(data) {
      const room = buffer(data.byteLength);
      constants.set(room, data);
      return room;
    },
    value(shape, type = 'floats') {
      const [n, h, w, c] = shape;
      return { shape, type, buffer: buffer(4 * n * h * w * (type === 'floats' ? paddedTo(c) : 1)) };
    },
    kernel: adderTo(steps),
    prepare: adderTo(preparations),
    host: (step) => void steps.push(step),
  };
}
