import { findGpu, requestAdapter, requestDevice, type AdapterWishes } from '@atrous/platform/gpu';
import { ADVICE } from './advice.ts';
import { createSession, type Session } from './session.ts';

/** The one device that executables share. */
export interface Devices {
  /** @throws BackendError `NO_ADAPTER`, `NO_WEBGPU`, `PACKAGE_MISSING`; `DEVICE_LOST` for a device that was handed in. */
  readonly current: () => Promise<Session>;
  /** What a device is or would be. */
  readonly adapterInfo: () => Promise<GPUAdapterInfo>;
  /** Ends a device of its own. The next is another. */
  readonly dispose: () => void;
}

/** Devices of its own, one after the other: asked for when one is first needed, and again once it is lost. */
export function ownDevices(wishes: AdapterWishes): Devices {
  let gpu: Promise<GPU> | undefined;
  let asked: Promise<Session> | undefined;
  const findAdapter = async (): Promise<GPUAdapter> =>
    requestAdapter(await (gpu ??= findGpu(wishes.software, ADVICE)), wishes, ADVICE);
  const start = async (): Promise<Session> =>
    createSession(await requestDevice(await findAdapter(), ['shader-f16']), await gpu);
  const current = async (): Promise<Session> => {
    const session = (asked ??= start());
    try {
      if ((await session).lost === undefined) return await session;
    } catch (error) {
      if (asked === session) asked = undefined;
      throw error;
    }
    if (asked === session) asked = undefined;
    return current();
  };
  return {
    current,
    adapterInfo: async () => (await findAdapter()).info,
    dispose() {
      void asked?.then(
        ({ device }) => device.destroy(),
        // whoever asked for it hears why there is none
        () => undefined,
      );
      asked = undefined;
    },
  };
}

/** A device that is the caller's. */
export function borrowedDevice(device: GPUDevice): Devices {
  const session = createSession(device);
  return {
    async current() {
      session.checkAlive();
      return session;
    },
    adapterInfo: async () => device.adapterInfo,
    dispose() {},
  };
}
