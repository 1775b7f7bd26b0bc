import { showStatus } from './messages.ts';

/** Says what is still missing before a picture can be segmented. */
export function showNextStep({ hasModel, hasPhoto }: { readonly hasModel: boolean; readonly hasPhoto: boolean }): void {
  if (hasModel && hasPhoto) showStatus('Looking for a backend that works here …');
  else if (hasModel) showStatus('Choose a photo, use the webcam, or make up a street.');
  else showStatus(hasPhoto ? 'Now bring a model.' : 'Bring a model, then choose a photo.');
}
