/**
 * Registers the gradients of TensorFlow.js, which losses are differentiated with. In Node they come with `@tensorflow/tfjs`, whose core alone
 * has none that Node can import.
 */
export async function loadGradients(): Promise<void> {
  await import('#gradients');
}
