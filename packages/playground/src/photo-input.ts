import { byId } from './dom.ts';
import { droppedFiles } from './dropped-files.ts';

/** Where files come from: the buttons, dropping anywhere on the page, and pasting. */
export interface FileHandlers {
  readonly onPhotos: (files: readonly Blob[]) => void;
  readonly onModel: (files: readonly File[]) => void;
}

/** Hands pictures to one handler and model files to the other. */
export function listenForFiles({ onPhotos, onModel }: FileHandlers): void {
  const sort = (files: readonly File[]) => {
    const model = files.filter(({ type }) => !type.startsWith('image/'));
    const photos = files.filter((file) => !model.includes(file));
    if (model.length > 0) onModel(model);
    // A folder with a checkpoint may hold pictures too.
    else if (photos.length > 0) onPhotos(photos);
  };
  connectInput('photo-file', onPhotos);
  connectInput('model-files', onModel);
  connectInput('model-folder', onModel);
  connectButton('choose-photo', 'photo-file');
  connectButton('add-photos', 'photo-file');
  connectButton('choose-model', 'model-files');
  connectButton('choose-folder', 'model-folder');
  listenForDrops(sort);
  document.addEventListener('paste', ({ clipboardData }) => sort([...(clipboardData?.files ?? [])]));
}

const connectButton = (buttonId: string, inputId: string): void =>
  byId(buttonId, HTMLButtonElement).addEventListener('click', () => byId(inputId, HTMLInputElement).click());

function connectInput(inputId: string, onFiles: (files: readonly File[]) => void): void {
  const input = byId(inputId, HTMLInputElement);
  input.addEventListener('change', () => {
    onFiles([...(input.files ?? [])]);
    // Choosing the same file again must fire again.
    input.value = '';
  });
}

function listenForDrops(onFiles: (files: readonly File[]) => void): void {
  const dragging = (on: boolean) => document.body.toggleAttribute('data-dragging', on);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    dragging(true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) dragging(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    dragging(false);
    if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(onFiles);
  });
}
