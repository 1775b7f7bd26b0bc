import { defineConfig } from 'vitest/config';
import { inChromium } from '../conformance/chromium.config.ts';

/** One browser at a time: after every other project, and after those that open one. */
export default defineConfig(() => inChromium('street in Chromium', 'test/browser/**/*.browser.ts', 4));
