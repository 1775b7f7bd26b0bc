import { findGpu, requestAdapter, requestDevice, type AdapterWishes } from '@atrous/platform/gpu';
import { ADVICE } from './advice.ts';
import { createSession, type Session } from './session.ts';

/** The one device that fields share. */
export interface SessionPool {
  /** @throws BackendError `NO_ADAPTER`, `NO_WEBGPU`, `PACKAGE_MISSING`; `DEVICE_LOST` for a device that was handed in. */
  readonly take: () => Promise<Session>;
  readonly giveBack: (session: Session) => void;
  /** What a device of its own would be. */
  readonly adapterInfo: () => Promise<GPUAdapterInfo>;
  /** Ends a device of its own once nobody has it any more. The next is another. */
  readonly dispose: () => void;
}

/** A session, and how many have it. */
interface Lent {
  readonly session: Session;
  users: number;
  isRetired: boolean;
}

const endUnused = ({ session, users, isRetired }: Lent): void => {
  if (isRetired && users === 0) session.device.destroy();
};

/** Asks for devices of its own, one after the other. */
function createDevices(wishes: AdapterWishes) {
  let gpu: Promise<GPU> | undefined;
  const findAdapter = async (): Promise<GPUAdapter> =>
    requestAdapter(await (gpu ??= findGpu(wishes.software, ADVICE)), wishes, ADVICE);
  return {
    adapterInfo: async () => (await findAdapter()).info,
    start: async (): Promise<Session> => createSession(await requestDevice(await findAdapter()), await gpu),
  };
}

/** A pool of the engine's own device. It is asked for when it is first needed, and again once it is lost. */
export function createOwnSession(wishes: AdapterWishes): SessionPool {
  const { adapterInfo, start } = createDevices(wishes);
  let current: Promise<Lent> | undefined;
  const lent = new Map<Session, Lent>();
  const begin = async (): Promise<Lent> => ({ session: await start(), users: 0, isRetired: false });
  const take = async (): Promise<Session> => {
    const asked = (current ??= begin());
    try {
      const one = await asked;
      if (one.session.lost === undefined && !one.isRetired) {
        one.users++;
        lent.set(one.session, one);
        return one.session;
      }
    } catch (error) {
      if (current === asked) current = undefined;
      throw error;
    }
    if (current === asked) current = undefined;
    return take();
  };
  return {
    adapterInfo,
    take,
    giveBack(session) {
      const one = lent.get(session) as Lent;
      one.users--;
      if (one.users === 0) lent.delete(session);
      endUnused(one);
    },
    dispose() {
      void current?.then(
        (one) => {
          one.isRetired = true;
          endUnused(one);
        },
        // whoever asked for it hears why there is none
        () => undefined,
      );
      current = undefined;
    },
  };
}

/** A pool of a device that is the caller's. */
export function createBorrowedSession(device: GPUDevice): SessionPool {
  const session = createSession(device);
  return {
    adapterInfo: async () => device.adapterInfo,
    async take() {
      session.checkAlive();
      return session;
    },
    giveBack() {},
    dispose() {},
  };
}
