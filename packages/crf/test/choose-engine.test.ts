import { createDenseCrf, denseCrf } from '@atrous/crf';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.restoreAllMocks());

const withoutSimd = (): void => void vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
const [width, height] = [4, 3];
const image = { width, height, data: new Uint8Array(36) };
const probabilities = new Float32Array(24).fill(0.5);

it('takes the lattice where WebAssembly has SIMD, and says nothing', async () => {
  const notices: string[] = [];
  const { engine } = await denseCrf({ image, probabilities, onNotice: (notice) => void notices.push(notice) });
  expect(engine).toBe('lattice');
  expect(notices).toEqual([]);
});

it('falls back to all pairs on small pictures, and says why', async () => {
  withoutSimd();
  const notices: string[] = [];
  const { engine } = await denseCrf({ image, probabilities, onNotice: (notice) => void notices.push(notice) });
  expect(engine).toBe('exact');
  expect(notices).toEqual(['the CRF runs on "exact": "lattice" does not work here, WebAssembly has no SIMD here']);
});

it('refuses large pictures where only all pairs are left', async () => {
  withoutSimd();
  const error: unknown = await createDenseCrf({ width: 65, height: 64, bilateralWeight: 0 }).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'BACKEND' });
  expect((error as Error).message).toContain('"exact" would take too long for 4160 pixels');
});
