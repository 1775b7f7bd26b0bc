// @ts-check
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Folder with `chromium`, the libraries it needs in `al2023/lib`, `libvk_swiftshader.so`, `libvulkan.so.1` and
 * `vk_swiftshader_icd.json`, unpacked on first use.
 *
 * Two processes may call it at once: each unpacks into a folder of its own, and the first rename wins.
 *
 * @returns {Promise<string>} absolute path, under `node_modules/.cache` of this repository
 */
export async function unpackChromium() {
  const packageFile = join(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
    '../../package.json',
  );
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));
  const cache = join(here, '../../node_modules/.cache/atrous-headless');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, 'unpacking-'));
  try {
    await unpackInto(staging);
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/**
 * The package unpacks into the temporary folder and offers no other; a process of its own gets another one without
 * changing ours. Libraries that bare systems lack (NSS, Expat) come out only where it takes the machine for a Lambda.
 *
 * @param {string} folder
 */
async function unpackInto(folder) {
  const script = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: here,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
}
