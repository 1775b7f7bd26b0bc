import { BUFFER_USAGE } from '@atrous/platform/gpu';
import { createDeviceMemory, type DeviceMemory } from '../device/device-memory.ts';
import type { Session } from '../device/session.ts';
import type { Precision } from '../precision.ts';
import { codeOf } from '../shaders/kernel.ts';
import { assignRooms } from './assign-rooms.ts';
import { fieldValues } from './kernel-fields.ts';
import type { Plan } from './make-plan.ts';
import type { Bound, Constant, DispatchStep, Groups, HostStep } from './plan-builder.ts';
import type { Room } from './value.ts';

/** A call of a kernel that is ready to be encoded. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: Groups;
}

/** Dispatches that follow one another, and what is read back when they are done: for JavaScript to go on with, or as the results. */
export interface Stretch {
  readonly dispatches: readonly Dispatch[];
  readonly reads: readonly Room[];
  readonly host: HostStep | undefined;
}

/** A plan on a device, ready to be run. */
export interface InstalledPlan {
  readonly plan: Plan;
  readonly stretches: readonly Stretch[];
  readonly bufferOf: (room: Room) => GPUBuffer;
  /** Where everything that a stretch leaves is read back. Made when it is first needed. @throws BackendError `OUT_OF_MEMORY`. */
  readonly staging: () => GPUBuffer;
  /** Of all buffers that it has. */
  readonly bytes: number;
  dispose(): void;
}

/** Pipelines of all kernels of a plan, compiled at the same time. */
async function compileKernels(steps: Plan['steps'], session: Session, precision: Precision) {
  const dispatches = steps.filter((step) => 'kernel' in step);
  const compiled = dispatches.map(async ({ kernel }) => session.pipeline(kernel.label, codeOf(kernel, precision)));
  const pipelines = await Promise.all(compiled);
  return new Map(dispatches.map((step, i) => [step, pipelines[i]!]));
}

/** Distance between the parameters of two calls: what every device allows as an offset. */
const ALIGNMENT = 64;

/** The parameters of all calls in one buffer. */
function packParameters(steps: readonly DispatchStep[]) {
  const values = steps.map(fieldValues);
  const lengths = values.map(({ length }) => Math.ceil(length / ALIGNMENT) * ALIGNMENT);
  const data = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  const places = new Map(
    steps.map((step, i) => {
      const place = { offset: 4 * at, size: 16 * Math.ceil(values[i]!.length / 4) };
      data.set(values[i]!, at);
      at += lengths[i]!;
      return [step, place];
    }),
  );
  return { data, places };
}

/** Buffers of everything that can be bound. */
function createBinder(plan: Plan, memory: DeviceMemory) {
  const rooms = ({ inputs, outputs }: Plan) => [inputs, outputs].map((all) => all.map(({ room }) => room));
  const [inputs, outputs] = rooms(plan);
  const { buffers, places } = assignRooms(plan.steps, inputs!, outputs!);
  const made = buffers.map((bytes, i) => memory.create(`values ${i}`, bytes));
  const bufferOf = (room: Room): GPUBuffer => made[places.get(room)!]!;
  const constants = new Map<Constant, GPUBuffer>();
  const constantOf = (constant: Constant): GPUBuffer => {
    const buffer = constants.get(constant) ?? memory.upload('table', constant.data);
    constants.set(constant, buffer);
    return buffer;
  };
  const resolve = (bound: Bound): GPUBuffer => {
    if ('mapState' in bound) return bound;
    if ('data' in bound) return constantOf(bound);
    return bufferOf('room' in bound ? bound.room : bound);
  };
  return { bufferOf, resolve };
}

function createDispatches(
  plan: Plan,
  { device }: Session,
  memory: DeviceMemory,
  pipelines: ReadonlyMap<DispatchStep, GPUComputePipeline>,
  resolve: (bound: Bound) => GPUBuffer,
): (step: DispatchStep) => Dispatch {
  const { data, places } = packParameters([...pipelines.keys()]);
  const parameters = memory.upload('parameters', data, BUFFER_USAGE.uniform | BUFFER_USAGE.copyTarget);
  return (step) => {
    const pipeline = pipelines.get(step)!;
    const names = Object.keys(step.kernel.bindings);
    const bindings = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: { buffer: parameters, ...places.get(step)! } },
        ...names.map((name, i) => ({ binding: i + 1, resource: { buffer: resolve(step.bound[name]!) } })),
      ],
    });
    return { pipeline, bindings, groups: step.groups };
  };
}

/** Cuts steps where JavaScript has something to do. */
function cutSteps({ steps, outputs }: Plan, dispatchOf: (step: DispatchStep) => Dispatch): Stretch[] {
  const stretches: Stretch[] = [];
  let dispatches: Dispatch[] = [];
  for (const step of steps)
    if ('compute' in step) {
      stretches.push({ dispatches, reads: step.inputs, host: step });
      dispatches = [];
    } else dispatches.push(dispatchOf(step));
  return [...stretches, { dispatches, reads: outputs.map(({ room }) => room), host: undefined }];
}

/** Bytes of so many rooms, one after the other. */
export const bytesOf = (rooms: readonly Room[]): number => rooms.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Puts a plan on a device: programs are compiled, buffers and bind groups made, so that a run has only to encode.
 *
 * @throws BackendError `OUT_OF_MEMORY`, `DEVICE_LOST`.
 */
export async function installPlan(plan: Plan, session: Session, precision: Precision): Promise<InstalledPlan> {
  const pipelines = await compileKernels(plan.steps, session, precision);
  const memory = createDeviceMemory(session.device);
  let staging: GPUBuffer | undefined;
  try {
    const { bufferOf, stretches } = await session.attempt(() => {
      const { bufferOf, resolve } = createBinder(plan, memory);
      return { bufferOf, stretches: cutSteps(plan, createDispatches(plan, session, memory, pipelines, resolve)) };
    });
    const most = Math.max(...stretches.map(({ reads }) => bytesOf(reads)));
    return {
      plan,
      stretches,
      bufferOf,
      staging: () => (staging ??= memory.create('staging', most, BUFFER_USAGE.mapRead | BUFFER_USAGE.copyTarget)),
      get bytes() {
        return memory.bytes;
      },
      dispose: () => memory.dispose(),
    };
  } catch (error) {
    memory.dispose();
    throw error;
  }
}
