import type { Painting } from './painting.ts';

/** Earlier states of a painting. */
export interface History {
  /** Keeps the present state, before it changes. */
  remember(): void;
  /** Goes back to the last state kept; without one, nothing happens. */
  undo(): void;
  /** Drops all states: after a class is gone, none may bring its paint back. */
  forget(): void;
}

const deepest = 20;

/** Starts with nothing to go back to. Keeps twenty states. */
export function createHistory({ pixels }: Painting): History {
  const states: Uint8Array[] = [];
  return {
    remember: () => {
      states.push(pixels.slice());
      if (states.length > deepest) states.shift();
    },
    undo: () => {
      const last = states.pop();
      if (last) pixels.set(last);
    },
    forget: () => void states.splice(0),
  };
}
