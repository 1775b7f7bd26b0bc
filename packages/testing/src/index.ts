export { dataFolder, goldensFolder } from './shared-folders.ts';
export { readmeSnippet, runReadmeSnippet } from './run-readme-snippet.ts';
