import { extname } from 'node:path';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { checkWritable, writeOutput } from '../../files/write-output.ts';

/**
 * Makes sure that the picture can be written where a person wants it.
 *
 * @throws UsageError when the name does not end in .svg or .png.
 * @throws OutputError when nothing can be written there.
 */
export async function checkGriddingPath(context: Context, typed: string): Promise<void> {
  if (!['.svg', '.png'].includes(extname(typed).toLowerCase()))
    throw new UsageError(`--gridding writes .svg or .png, not ${typed}`, '--gridding gridding.svg');
  await checkWritable(context.path(typed));
}

/** Writes the picture as it is, or as the PNG that its name asks for. */
export async function writeGridding(context: Context, typed: string, svg: string): Promise<void> {
  const isPng = extname(typed).toLowerCase() === '.png';
  const data = isPng ? await (await import('sharp')).default(Buffer.from(svg)).png().toBuffer() : svg;
  await writeOutput(context.path(typed), data, context.signal);
}
