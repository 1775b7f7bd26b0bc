import { describeAdapter, requestAdapter, requestDevice, watchDevice } from '@atrous/platform/gpu';
import { expect, it, vi } from 'vitest';

const advice = { otherwise: 'walk', software: 'software: true', smaller: 'carry less', again: 'begin again' };
const wishes = { powerPreference: 'low-power', software: false } as const;
const gpuWith = (adapter: unknown) => ({ requestAdapter: async () => adapter }) as GPU;

it('refuses adapters that are none, or compute in software', async () => {
  const none = requestAdapter(gpuWith(null), wishes, advice);
  await expect(none).rejects.toMatchObject({ code: 'NO_ADAPTER', hint: expect.stringContaining('walk') as unknown });
  const info = { description: 'SwiftShader', vendor: 'google', architecture: 'swiftshader', device: '' };
  for (const slow of [{ info: { ...info, isFallbackAdapter: true } }, { info, isFallbackAdapter: true }]) {
    const refused = requestAdapter(gpuWith(slow), wishes, advice);
    await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining('software: true') as unknown });
    expect(await requestAdapter(gpuWith(slow), { ...wishes, software: true }, advice)).toBe(slow);
  }
  expect(describeAdapter({ ...info, vendor: 'SwiftShader' } as never)).toBe('SwiftShader, swiftshader');
  expect(describeAdapter(undefined)).toBe('unnamed adapter');
});

it('asks for what the adapter has of what is wanted', async () => {
  const ask = vi.fn(async () => ({}));
  const limits = { maxBufferSize: 9, maxStorageBufferBindingSize: 8, maxBindGroups: 4 };
  const adapter = { limits, features: new Set(['shader-f16']), requestDevice: ask } as unknown as GPUAdapter;
  await requestDevice(adapter, ['shader-f16', 'subgroups']);
  expect(ask).toHaveBeenCalledWith({
    requiredFeatures: ['shader-f16'],
    requiredLimits: { maxBufferSize: 9, maxStorageBufferBindingSize: 8 },
  });
});

/** A device that answers its error scopes, the innermost first, with these errors. */
function deviceWith(...errors: ({ message: string } | null)[]) {
  let lose = (_: { message: string; reason: string }): void => undefined;
  const lost = new Promise((resolve) => (lose = resolve));
  const pop = vi.fn(async () => errors.shift() ?? null);
  const device = { lost, pushErrorScope: vi.fn(), popErrorScope: pop };
  return { device: device as unknown as GPUDevice, pop, lose: () => lose({ message: '', reason: 'destroyed' }) };
}

it('says what a device could not do', async () => {
  const [full, refusing, fine] = [deviceWith({ message: 'full' }), deviceWith(null, { message: 'odd' }), deviceWith()];
  const attempt = ({ device }: typeof full) => watchDevice(device, advice).attempt(() => 7);
  await expect(attempt(full)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY', hint: 'carry less' });
  await expect(attempt(refusing)).rejects.toMatchObject({ code: 'BACKEND' });
  expect(await attempt(fine)).toBe(7);
});

it('closes its error scopes around work that throws', async () => {
  const { device, pop } = deviceWith();
  const failing = watchDevice(device, advice).attempt(() => {
    throw new Error('mine');
  });
  await expect(failing).rejects.toThrow('mine');
  expect(pop).toHaveBeenCalledTimes(2);
});

it('says that a device is lost, also to those who hear of it before', async () => {
  const { device, lose } = deviceWith();
  const watched = watchDevice(device, advice);
  const waiting = watched.settle(Promise.reject(new Error('no longer mapped')));
  lose();
  await expect(waiting).rejects.toMatchObject({ code: 'DEVICE_LOST', hint: 'begin again' });
  expect(watched.lost).toBe('destroyed');
  expect(() => watched.checkAlive()).toThrow('lost: destroyed');
  await expect(watched.attempt(() => 7)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
});
