export { isUnfinished, replaceFile } from './durable-files.ts';
export { openCheckpoint } from './open-checkpoint.ts';
export { readBundle } from './read-bundle.ts';
export { writeBundle } from './write-bundle.ts';
