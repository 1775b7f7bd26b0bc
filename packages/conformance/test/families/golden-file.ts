import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path, or empty when the folder is absent. */
    readonly goldensFolder: string;
  }
}

/** A file of the folder of goldens, in a browser. */
export async function goldenFile(path: string): Promise<Response> {
  const response = await fetch(`/@fs${inject('goldensFolder')}/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response;
}
