// @ts-check
export { chromiumLaunchOptions, launchChromium } from './chromium.js';
export { bundledChromiumRunsHere, headlessUnavailable } from './platform.js';
export { serve } from './serve.js';
export { swiftshaderEnvironment } from './swiftshader.js';
