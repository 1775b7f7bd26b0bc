/** What errors advise those to do who look for a GPU. */
export interface AdapterAdvice {
  /** What to use where there is none, such as "use the lattice engine". */
  readonly otherwise: string;
  /** How to take a GPU in software. */
  readonly software: string;
}

/** What errors advise those to do whose work on a device fails. */
export interface DeviceAdvice {
  /** What needs less memory. */
  readonly smaller: string;
  /** What to do once a device is lost. */
  readonly again: string;
}

/** Both. */
export type GpuAdvice = AdapterAdvice & DeviceAdvice;
