/** What a worker needs to take part. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly parts: number;
  /** Where in memory two integers lie, at which workers meet: how many have arrived, and how often all have. */
  readonly barrier: number;
}

/** Calls of one worker, phase by phase. */
export type WorkerJob = readonly (readonly (readonly [name: string, ...args: unknown[]])[])[];

interface Port {
  postMessage(message: unknown): void;
  on?(event: 'message', listener: (data: unknown) => void): void;
  addEventListener?(event: 'message', listener: (event: { data: unknown }) => void): void;
  /** Of the worker's source. */
  readonly location?: { readonly href: string };
}

/** Runs in a worker, from its text: it can use nothing but its arguments and what every worker has. */
export function workerMain(port: Port): void {
  let runJob: ((job: WorkerJob) => void) | undefined;
  const prepare = ({ module, memory, parts, barrier }: WorkerStart): void => {
    const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
    const meeting = new Int32Array(memory.buffer, barrier, 2);
    const meet = (): void => {
      const round = Atomics.load(meeting, 1);
      if (Atomics.add(meeting, 0, 1) === parts - 1) {
        Atomics.store(meeting, 0, 0);
        Atomics.add(meeting, 1, 1);
        Atomics.notify(meeting, 1);
      } else {
        // the others are mostly there within microseconds, in less time than it takes to fall asleep and be woken
        for (let looks = 0; looks < 5000 && Atomics.load(meeting, 1) === round; looks++);
        while (Atomics.load(meeting, 1) === round) Atomics.wait(meeting, 1, round);
      }
    };
    runJob = (job) => {
      for (const calls of job) {
        for (const [name, ...args] of calls) (kernels[name] as (...args: unknown[]) => unknown)(...args);
        meet();
      }
    };
  };
  /** Holds a lock until the worker ends, by which a page sees that it has. */
  const whenLocked = (begin: () => void): void => {
    const { locks } = port.location ? globalThis.navigator : {};
    if (port.location === undefined || locks === undefined) return begin();
    const hold = (): Promise<void> => {
      begin();
      return new Promise(() => {});
    };
    // pages of no origin have no locks
    locks.request(port.location.href, hold).catch(begin);
  };
  const receive = (message: WorkerStart | WorkerJob): void => {
    try {
      if ('module' in message) {
        prepare(message);
        return whenLocked(() => port.postMessage(undefined));
      }
      runJob?.(message);
      port.postMessage(undefined);
    } catch (error) {
      port.postMessage(String(error));
    }
  };
  // Node has the one, browsers the other
  if (port.on) port.on('message', (data) => receive(data as WorkerStart | WorkerJob));
  else port.addEventListener?.('message', ({ data }) => receive(data as WorkerStart | WorkerJob));
}
