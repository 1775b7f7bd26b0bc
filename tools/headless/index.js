// @ts-check
export { chromiumLaunchOptions, launchChromium, webgpuCanvasArgs } from './chromium.js';
export { bundledChromiumRunsHere, headlessUnavailable } from './platform.js';
export { serve } from './serve.js';
export { swiftshaderEnvironment } from './swiftshader.js';
