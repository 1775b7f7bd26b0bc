import { blockBytesOf, type Precision } from '../precision.ts';
import type { Kernel } from '../shaders/kernel.ts';
import { labelsOf, mapOf, type LabelsValue, type MapShape, type MapValue, type Room, type Value } from './value.ts';

/** Numbers that are written once, when the plan is installed. */
export interface Constant {
  readonly data: Float32Array<ArrayBuffer>;
}

/** What a kernel is bound to: a value, numbers without a geometry, or parameters that are on the device already. */
export type Bound = Value | Room | Constant | GPUBuffer;

/** Groups of threads. */
export type Groups = readonly [x: number, y: number, z: number];

/** One call of a kernel. */
export interface DispatchStep {
  readonly kernel: Kernel;
  readonly bound: Readonly<Record<string, Bound>>;
  readonly fields: Readonly<Record<string, number>>;
  readonly groups: Groups;
}

/** Something that JavaScript does between dispatches. */
export interface HostStep {
  /** What it reads. */
  readonly inputs: readonly Room[];
  readonly output: Room;
  /** @param inputs bytes of each input. @returns those of the output. */
  readonly compute: (inputs: readonly ArrayBuffer[]) => Float32Array<ArrayBuffer>;
}

export type Step = DispatchStep | HostStep;

/** Adds a call of a kernel. */
type AddDispatch = <Name extends string, Field extends string>(
  kernel: Kernel<Name, Field>,
  groups: Groups,
  bound: Readonly<Record<NoInfer<Name>, Bound>>,
  fields: Readonly<Record<NoInfer<Field>, number>>,
) => void;

/** Collects the steps of a plan. */
export interface PlanBuilder {
  readonly precision: Precision;
  readonly steps: readonly Step[];
  room(bytes: number): Room;
  constant(data: Float32Array<ArrayBuffer>): Constant;
  /** A map that steps will compute, in a room of its own. */
  map(shape: MapShape): MapValue;
  labels(shape: MapShape, classes: number): LabelsValue;
  readonly dispatch: AddDispatch;
  host(step: HostStep): void;
}

/** A plan without steps. */
export function createPlanBuilder(precision: Precision): PlanBuilder {
  const steps: Step[] = [];
  return {
    precision,
    steps,
    room: (bytes) => ({ bytes }),
    constant: (data) => ({ data }),
    map: (shape) => mapOf(shape, blockBytesOf(precision)),
    labels: labelsOf,
    dispatch: (kernel, groups, bound, fields) => void steps.push({ kernel, groups, bound, fields }),
    host: (step) => void steps.push(step),
  };
}
