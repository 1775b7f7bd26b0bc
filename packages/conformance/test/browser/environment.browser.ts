import { expect, it } from 'vitest';

it('has a GPU in software, float textures and threads', async () => {
  const adapter = await navigator.gpu.requestAdapter();
  expect(adapter?.info.architecture).toBe('swiftshader');
  const gl = document.createElement('canvas').getContext('webgl2');
  expect(gl?.getExtension('EXT_color_buffer_float')).toBeTruthy();
  expect(crossOriginIsolated).toBe(true);
});
