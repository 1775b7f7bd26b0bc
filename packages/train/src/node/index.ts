export { openCheckpointFolder, type CheckpointFolder, type CheckpointFolderOptions } from './checkpoint-folder.ts';
