import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';

const screenshots = fileURLToPath(new URL('../../test-results/', import.meta.url));

/** What a person does with the page. */
export interface PageDriver {
  readonly page: Page;
  choosePhoto(file: string): Promise<void>;
  /** Resolves when the classes are shown. @throws Error with the page's own message when it shows one. */
  waitForClasses(): Promise<void>;
  /** Drops files or folders from the disk on the middle of the picture. */
  drop(...paths: readonly string[]): Promise<void>;
  /** Drags the pointer over the picture, from one place to another. Fractions of width and height. */
  stroke(from: readonly [x: number, y: number], to: readonly [x: number, y: number]): Promise<void>;
  /** The file that a button gives. */
  download(button: string): Promise<Buffer>;
  screenshot(name: string): Promise<void>;
}

/** How the page is opened. */
export interface PageOptions {
  /** Of the window, in pixels. Default 1280. */
  readonly width?: number;
  /** Content of the `models.json` that is published with the page. */
  readonly models?: readonly { readonly name: string; readonly url: string }[];
  /** Whether it is served so that threads may share memory. Default true. */
  readonly isIsolated?: boolean;
  /** Runs in the page before its own code. */
  readonly prepare?: () => void;
}

/** Opens the page and fails the test on anything it logs as an error. */
export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<PageDriver> {
  const { width = 1280, models, isIsolated = true, prepare } = options;
  const context = await browser.newContext({ viewport: { width, height: 860 } });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('pageerror', ({ message }) => failures.push(message));
  if (models) await page.route('**/playground/models.json', (route) => route.fulfill({ json: { models } }));
  if (prepare) await page.addInitScript(prepare);
  if (!isIsolated)
    await page.route(`${new URL('.', url).href}**`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { 'content-type': response.headers()['content-type'] ?? '' } });
    });
  await page.goto(url);
  return {
    page,
    choosePhoto: (file) => page.setInputFiles('#photo-file', file),
    waitForClasses: async () => {
      await page.waitForSelector('[data-shows-result]:not([hidden]), #error:not([hidden])', { timeout: 600_000 });
      if (await page.isVisible('#error')) throw new Error((await page.textContent('#error')) ?? '');
      if (failures.length > 0) throw new Error(failures.join('\n'));
    },
    drop: async (...files) => {
      const session = await context.newCDPSession(page);
      const box = await page.locator('#drop-zone').boundingBox();
      const at = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + 50 };
      const data = { items: [], files: [...files], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await session.send('Input.dispatchDragEvent', { type, ...at, data });
    },
    stroke: async (from, to) => {
      await page.locator('#paint').scrollIntoViewIfNeeded();
      const box = await page.locator('#paint').boundingBox();
      const place = ([x, y]: readonly [number, number]) =>
        [(box?.x ?? 0) + x * (box?.width ?? 0), (box?.y ?? 0) + y * (box?.height ?? 0)] as const;
      await page.mouse.move(...place(from));
      await page.mouse.down();
      await page.mouse.move(...place(to), { steps: 5 });
      await page.mouse.up();
    },
    download: async (button) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
      return readFile(await download.path());
    },
    screenshot: async (name) => {
      await page.evaluate(() => scrollTo(0, 0));
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true });
    },
  };
}
