import { extname, join, resolve } from 'node:path';
import { statSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import type { ImageFile } from './find-images.ts';

/** What can be written for an image. */
export type OutputKind = 'overlay' | 'mask' | 'confidence';

/** Absolute paths by kind. */
export type Outputs = Readonly<Partial<Record<OutputKind, string>>>;

interface PlanOptions {
  /** As typed: a `.png` file for one output, a folder otherwise. */
  readonly out: string | undefined;
  readonly kinds: readonly OutputKind[];
  readonly cwd: string;
}

const withoutExtension = (name: string): string => name.slice(0, name.length - extname(name).length);

/** Output name of each image; photos `a.jpg` and `a.png` of one folder keep their extension. */
function stems(images: readonly ImageFile[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const { name } of images) uses.set(withoutExtension(name), (uses.get(withoutExtension(name)) ?? 0) + 1);
  return images.map(({ name }) => (uses.get(withoutExtension(name)) === 1 ? withoutExtension(name) : name));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function namedFile(images: readonly ImageFile[], { out, kinds, cwd }: PlanOptions): Outputs | undefined {
  const [kind, second] = kinds;
  if (out === undefined || kind === undefined) return undefined;
  const extension = extname(out).toLowerCase();
  const path = resolve(cwd, out);
  if (!/^\.(png|jpe?g|webp|gif|tiff?|avif|bmp)$/.test(extension) || isFolder(path)) return undefined;
  if (extension !== '.png')
    throw new UsageError(`--out ${out}: results are PNG files`, 'name it .png, or give a folder');
  if (images.length > 1 || second !== undefined)
    throw new UsageError(
      `--out ${out} is one file, but there are ${images.length * kinds.length} to write`,
      'give a folder',
    );
  return { [kind]: path };
}

function checkCollisions(images: readonly ImageFile[], plans: readonly Outputs[]): void {
  const owners = new Map(images.map(({ path }) => [path, path]));
  for (const [index, plan] of plans.entries())
    for (const path of Object.values(plan)) {
      const owner = owners.get(path);
      const source = (images[index] as ImageFile).path;
      if (owner === path)
        throw new UsageError(`${path} would be overwritten, and it is an input`, 'choose another --out');
      if (owner !== undefined)
        throw new UsageError(
          `${owner} and ${source} would both be written to ${path}`,
          'pass the folder above them as a pattern, which keeps subfolders',
        );
      owners.set(path, source);
    }
}

/**
 * Decides where results go: `--out` itself for a single one, else `<name>.<kind>.png` in the folder `--out`
 * (by default the current folder for one image, `segmented` for several).
 *
 * @throws UsageError when two results, or a result and an input, would be the same file.
 */
export function planOutputs(images: readonly ImageFile[], options: PlanOptions): readonly Outputs[] {
  const single = namedFile(images, options);
  const folder = resolve(options.cwd, options.out ?? (images.length > 1 ? 'segmented' : '.'));
  const plans = single
    ? [single]
    : stems(images).map((stem) =>
        Object.fromEntries(options.kinds.map((kind) => [kind, join(folder, `${stem}.${kind}.png`)])),
      );
  checkCollisions(images, plans);
  return plans;
}
