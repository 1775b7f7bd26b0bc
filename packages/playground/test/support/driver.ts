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
  /** The mask that the download button gives, as PNG bytes. */
  downloadMask(): Promise<Buffer>;
  screenshot(name: string): Promise<void>;
}

/** Opens the page and fails the test on anything it logs as an error. */
export async function openPage(browser: Browser, url: string): Promise<PageDriver> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('pageerror', ({ message }) => failures.push(message));
  await page.goto(url);
  return {
    page,
    choosePhoto: (file) => page.setInputFiles('#photo-file', file),
    waitForClasses: async () => {
      await page.waitForSelector('[data-shows-result]:not([hidden]), #error:not([hidden])', { timeout: 600_000 });
      if (await page.isVisible('#error')) throw new Error((await page.textContent('#error')) ?? '');
      if (failures.length > 0) throw new Error(failures.join('\n'));
    },
    downloadMask: async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download-mask')]);
      return readFile(await download.path());
    },
    screenshot: async (name) => {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: `${screenshots}${name}.png` });
    },
  };
}
