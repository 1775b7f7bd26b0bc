import { defineConfig } from 'vitest/config';
import { inChromium } from './chromium.config.ts';

/** One browser at a time: after every other project, and after the one that opens the playground. */
export default defineConfig(() => inChromium('conformance in Chromium', 'test/browser/**/*.browser.ts', 2));
