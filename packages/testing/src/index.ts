export { dataFolder, goldensFolder } from './shared-folders.ts';
