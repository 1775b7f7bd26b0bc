import type { Step } from './plan-builder.ts';
import type { Room } from './value.ts';

/** Buffers that rooms take turns in. */
export interface RoomPlan {
  /** Bytes of each. */
  readonly buffers: readonly number[];
  /** Which of them each room is in. */
  readonly places: ReadonlyMap<Room, number>;
}

interface Lifetime {
  from: number;
  to: number;
}

/** Rooms that a step reads and writes. */
function roomsOf(step: Step): readonly Room[] {
  if ('compute' in step) return [...step.inputs, step.output];
  return Object.values(step.bound).flatMap((bound) =>
    'room' in bound ? [bound.room] : 'bytes' in bound ? [bound] : [],
  );
}

/** From which step to which each room is needed, in the order in which they begin to be. */
function lifetimesOf(steps: readonly Step[], inputs: readonly Room[], outputs: readonly Room[]) {
  const lifetimes = new Map<Room, Lifetime>();
  const use = (room: Room, at: number): void => {
    const { from = at } = lifetimes.get(room) ?? {};
    lifetimes.set(room, { from, to: at });
  };
  for (const room of inputs) use(room, -1);
  for (const [at, step] of steps.entries()) for (const room of roomsOf(step)) use(room, at);
  for (const room of outputs) use(room, steps.length);
  return lifetimes;
}

interface Slot {
  bytes: number;
  freeFrom: number;
}

/** The free slot that fits with the least to spare, else the one that has to grow least. */
function bestOf(slots: readonly Slot[], bytes: number, from: number): Slot | undefined {
  const waste = (slot: Slot): number =>
    slot.bytes >= bytes ? slot.bytes - bytes : Number.MAX_SAFE_INTEGER - slot.bytes;
  const free = slots.filter(({ freeFrom }) => freeFrom <= from);
  return free.toSorted((a, b) => waste(a) - waste(b))[0];
}

/**
 * Lets rooms that are not needed at one time share a buffer. A step never has one buffer twice, which WebGPU does not allow where it writes.
 *
 * @param outputs rooms that are read once all steps are done.
 */
export function assignRooms(steps: readonly Step[], inputs: readonly Room[], outputs: readonly Room[]): RoomPlan {
  const slots: Slot[] = [];
  const places = new Map<Room, number>();
  for (const [room, { from, to }] of lifetimesOf(steps, inputs, outputs)) {
    let slot = bestOf(slots, room.bytes, from);
    if (slot === undefined) {
      slot = { bytes: 0, freeFrom: 0 };
      slots.push(slot);
    }
    slot.bytes = Math.max(slot.bytes, room.bytes);
    slot.freeFrom = to + 1;
    places.set(room, slots.indexOf(slot));
  }
  return { buffers: slots.map(({ bytes }) => bytes), places };
}
