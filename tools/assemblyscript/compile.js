// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/atrous/assemblyscript/');
const { version } = createRequire(import.meta.url)('assemblyscript/package.json');

/** The module works on somebody else's memory: it imports it, and has neither data nor an allocator of its own. */
const FLAGS = [
  ...['-O3', '--converge', '--noAssert', '--enable', 'simd'],
  ...['--runtime', 'stub', '--importMemory', '--initialMemory', '0', '--noExportMemory'],
];

/** For memory that threads share, which must say how large it may become. */
const SHARED_FLAGS = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

/** For products and sums that machines may round once instead of twice. */
const RELAXED_FLAGS = ['--enable', 'relaxed-simd'];

const DATA_SECTION = 11;

const IMPORT = /from '(\.{1,2}\/[^']+)'/g;

/** A module and all that it imports. @param {string} file absolute path @param {Set<string>} [found] */
function sourcesOf(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT))
    sourcesOf(join(dirname(file), `${path}.ts`), found);
  return found;
}

/** @param {readonly string[]} sources @param {readonly string[]} flags */
function keyOf(sources, flags) {
  const hash = createHash('sha256').update([version, ...flags].join(' '));
  for (const file of sources) hash.update(`\n${relative(root, file)}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}

/** @param {string} entry @param {Uint8Array<ArrayBuffer>} binary */
function checkNoData(entry, binary) {
  // custom sections named after exports are what this list leaves out
  const sections = [...sectionsOf(binary)];
  if (sections.includes(DATA_SECTION))
    throw new Error(
      `${entry} has static data, which would overwrite the memory that it imports: use no array, string or Math function`,
    );
}

/** Numbers of the sections of a WebAssembly binary. @param {Uint8Array} binary */
function* sectionsOf(binary) {
  for (let at = 8; at < binary.length;) {
    yield binary[at++];
    let size = 0;
    for (let shift = 0, byte = 128; byte & 128; shift += 7) size |= ((byte = binary[at++] ?? 0) & 127) << shift;
    at += size;
  }
}

/** @param {string} entry @param {readonly string[]} flags */
async function build(entry, flags) {
  const { main } = await import('assemblyscript/asc');
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  let binary;
  const { error, stderr } = await main([entry, ...flags, '--outFile', 'kernels.wasm'], {
    readFile(file, folder) {
      try {
        return readFileSync(join(folder, file), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile(file, contents) {
      if (file.endsWith('.wasm')) binary = /** @type {Uint8Array<ArrayBuffer>} */ (contents);
    },
  });
  if (error || !binary) throw new Error(`${entry} does not compile\n${stderr}`, { cause: error });
  checkNoData(entry, binary);
  return Buffer.from(binary).toString('base64');
}

/**
 * Compiles an AssemblyScript module, or takes what the same sources gave before.
 *
 * @param {string} entry absolute path.
 * @param {{ isShared?: boolean, isRelaxed?: boolean }} [options] whether its memory is shared by threads, and whether it may use relaxed SIMD.
 * @returns {Promise<{ code: string, sources: string[] }>} a JavaScript module whose default export is the binary as base64.
 */
export async function compileAssemblyScript(entry, { isShared = false, isRelaxed = false } = {}) {
  const flags = [...FLAGS, ...(isRelaxed ? RELAXED_FLAGS : []), ...(isShared ? SHARED_FLAGS : [])];
  const sources = [...sourcesOf(entry)].toSorted();
  const cached = join(cache, `${keyOf(sources, flags)}.txt`);
  /** @param {string} base64 */
  const result = (base64) => ({ code: `export default '${base64}';`, sources });
  try {
    return result(readFileSync(cached, 'utf8'));
  } catch {
    const base64 = await build(entry, flags);
    mkdirSync(cache, { recursive: true });
    const unfinished = `${cached}.${process.pid}`;
    writeFileSync(unfinished, base64);
    renameSync(unfinished, cached);
    return result(base64);
  }
}
