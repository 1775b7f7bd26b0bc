import { presets } from '@atrous/models';
import { byId, element } from './dom.ts';
import type { ModelSource } from './engine/model/open-model.ts';
import type { ModelSummary } from './engine/protocol.ts';
import { publishedModels } from './published-models.ts';

/**
 * The list of published models, the field for an address, and where checkpoints can be had.
 *
 * @param wanted address of a bundle to load at once; otherwise the first published model is.
 */
export async function createModelPicker(wanted: string | null, onChoose: (source: ModelSource) => void): Promise<void> {
  const chooseUrl = (url: string) => onChoose({ url: new URL(url, document.baseURI).href });
  byId('bundle-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    chooseUrl(byId('bundle-url', HTMLInputElement).value);
  });
  byId('presets', HTMLUListElement).append(
    ...presets.map(({ description, published }) =>
      element('li', {}, element('a', { href: published, target: '_blank', rel: 'noreferrer' }, description)),
    ),
  );
  if (wanted) chooseUrl(wanted);

  const models = await publishedModels();
  const list = byId('model-list', HTMLSelectElement);
  list.hidden = models.length === 0;
  list.append(...models.map(({ name, url }) => element('option', { value: url, textContent: name })));
  list.addEventListener('change', () => chooseUrl(list.value));
  if (!wanted && models[0]) chooseUrl(models[0].url);
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** Says which model is loaded, and folds the instructions away. */
export function showModel({ name, description, classes, parameters, license }: ModelSummary): void {
  byId('model-summary', HTMLElement).replaceChildren(
    element('strong', { textContent: name }),
    ` · ${classes.length} classes · ${compact.format(parameters)} weights`,
    ...(description ? [element('br'), description] : []),
    ...(license ? [element('br'), `Licence of the weights: ${license}`] : []),
  );
  byId('model-help', HTMLDetailsElement).open = false;
}
