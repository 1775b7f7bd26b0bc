import { mkdtempSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findImages } from '../src/files/find-images.ts';
import { planOutputs } from '../src/files/plan-outputs.ts';

const folderWith = (...names: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'atrous-'));
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  return folder;
};
const image = (path: string, name = path.split('/').at(-1) ?? '') => ({ path, name });

describe('findImages', () => {
  it('takes the images of a folder, without its subfolders and other files', async () => {
    const cwd = folderWith('p/b.JPG', 'p/a.png', 'p/notes.txt', 'p/deep/c.png');
    expect((await findImages(['p'], cwd)).map(({ name }) => name)).toEqual(['a.png', 'b.JPG']);
  });

  it('keeps subfolders of a pattern, and takes each image once', async () => {
    const cwd = folderWith('p/a.png', 'p/deep/c.png', 'p/deep/c.txt');
    const found = await findImages(['p/**/*', 'p/a.png'], cwd);
    expect(found.map(({ name }) => name)).toEqual(['a.png', join('deep', 'c.png')]);
  });

  it('takes a file whose name looks like a pattern, and keeps a missing one', async () => {
    const cwd = folderWith('a[1].png');
    expect(await findImages(['a[1].png', 'gone.png'], cwd)).toEqual([
      image(join(cwd, 'a[1].png')),
      image(join(cwd, 'gone.png')),
    ]);
  });

  it('says so when a folder or pattern has no image', async () => {
    const cwd = folderWith('p/notes.txt');
    await expect(findImages(['p'], cwd)).rejects.toMatchObject({ code: 'NO_IMAGES' });
    await expect(findImages(['*.png'], cwd)).rejects.toMatchObject({ code: 'NO_IMAGES' });
  });
});

describe('planOutputs', () => {
  const cwd = folderWith('there/x.txt');
  const plan = (images: ReturnType<typeof image>[], out?: string, kinds: ('overlay' | 'mask')[] = ['overlay']) =>
    planOutputs(images, { out, kinds, cwd });

  it('writes one image into the current folder and several into ./segmented', () => {
    expect(plan([image('/in/a.jpg')])).toEqual([{ overlay: join(cwd, 'a.overlay.png') }]);
    expect(plan([image('/in/a.jpg'), image('/in/b.jpg')])[1]).toEqual({
      overlay: join(cwd, 'segmented', 'b.overlay.png'),
    });
  });

  it('takes --out as a file for one result and as a folder for more', () => {
    expect(plan([image('/in/a.jpg')], 'x.png')).toEqual([{ overlay: join(cwd, 'x.png') }]);
    expect(plan([image('/in/a.jpg')], 'x', ['overlay', 'mask'])).toEqual([
      { overlay: join(cwd, 'x/a.overlay.png'), mask: join(cwd, 'x/a.mask.png') },
    ]);
    expect(() => plan([image('/in/a.jpg')], 'x.png', ['overlay', 'mask'])).toThrow(/2 to write/);
    expect(() => plan([image('/in/a.jpg')], 'x.jpg')).toThrow(/PNG/);
  });

  it('keeps extensions where names would collide, and refuses what still does', () => {
    expect(plan([image('/in/a.jpg'), image('/in/a.png')], 'x')).toEqual([
      { overlay: join(cwd, 'x/a.jpg.overlay.png') },
      { overlay: join(cwd, 'x/a.png.overlay.png') },
    ]);
    expect(() => plan([image('/1/a.jpg'), image('/2/a.jpg')], 'x')).toThrow(/both be written/);
  });

  it('leaves a path below a file to the check of what can be written', () => {
    expect(plan([image('/in/a.jpg')], 'there/x.txt/y.png')).toEqual([{ overlay: join(cwd, 'there/x.txt/y.png') }]);
  });

  it('never overwrites an input', () => {
    expect(() => plan([image(join(cwd, 'a.png'))], 'a.png')).toThrow(/is an input/);
  });
});
