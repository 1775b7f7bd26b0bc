/** What a worker needs to take part. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Which of how many it is. */
  readonly part: number;
  readonly parts: number;
  /** Where in memory two integers lie, at which workers meet. */
  readonly meeting: number;
}

/** Steps of a plan in memory. */
export interface WorkerJob {
  readonly first: number;
  readonly end: number;
}

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
  const prepare = ({ module, memory, part, parts, meeting }: WorkerStart): void => {
    const { runSteps } = new WebAssembly.Instance(module, { env: { memory } }).exports;
    runJob = ({ first, end }) => (runSteps as (...args: number[]) => void)(first, end, part, parts, meeting);
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
