import { unknownName, UsageError } from '../errors.ts';

/** Labelled pictures as a configuration names them: made-up streets, or a data set's folder. */
export type DataSpec =
  | {
      readonly kind: 'street';
      readonly seed: number;
      readonly count: number;
      readonly width?: number | undefined;
      readonly height?: number | undefined;
    }
  | { readonly kind: FolderKind; readonly path: string; readonly split?: string | undefined };

/** Layouts of folders that can be read. */
export const FOLDER_KINDS = ['voc', 'camvid'] as const;

export type FolderKind = (typeof FOLDER_KINDS)[number];

const isFolderKind = (kind: string): kind is FolderKind => (FOLDER_KINDS as readonly string[]).includes(kind);

/** Scenes of `street` when nothing else is said. */
export const STREET = { kind: 'street', seed: 1, count: 1000 } as const;

/**
 * What a person typed: `street`, `camvid:DIR`, or `DIR` alone for VOC's layout. A single letter before the colon is a drive.
 *
 * @throws UsageError when the kind is not known or there is no folder.
 */
export function parseDataSpec(typed: string, split?: string): DataSpec {
  if (typed === 'street') return STREET;
  const [, kind = 'voc', path = ''] = /^(?:([a-z0-9]{2,}):)?(.*)$/i.exec(typed) ?? [];
  if (!isFolderKind(kind)) throw unknownName('data kind', kind, ['street', ...FOLDER_KINDS]);
  if (path === '') throw new UsageError(`"${typed}" names no folder`, `write it like ${kind}:DIR`);
  return { kind, path, split };
}
