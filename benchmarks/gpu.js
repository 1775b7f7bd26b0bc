// @ts-check

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/**
 * The GPU behind `navigator.gpu`.
 *
 * @param {GPU | undefined} gpu
 * @returns {Promise<{ name: string, isSoftware: boolean } | undefined>} nothing where there is none
 */
export async function describeGpu(gpu) {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return undefined;
  const { vendor, architecture, device, description } = adapter.info;
  const name = [...new Set([description, vendor, architecture, device])].filter(Boolean).join(', ') || 'unnamed GPU';
  return { name, isSoftware: SOFTWARE.test(name) };
}
