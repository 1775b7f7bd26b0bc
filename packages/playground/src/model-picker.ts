import { presets } from '@atrous/models';
import { byId, element } from './dom.ts';
import type { ModelSource } from './engine/model/open-model.ts';
import type { ModelSummary } from './engine/protocol.ts';
import { publishedModels } from './published-models.ts';

/** A model that the page offers. */
interface OfferedModel {
  readonly name: string;
  readonly source: ModelSource;
}

const embedded: OfferedModel = { name: 'Streets (comes along)', source: { embedded: 'street' } };

/** How the models of the page are asked for. */
export interface ModelPickerOptions {
  /** Address of a bundle to load at once. */
  readonly wanted: string | null;
  readonly onChoose: (source: ModelSource) => void;
  /** Called once with what to load when nobody asks for anything: the first published model, else the one that comes along. */
  readonly onDefault: (source: ModelSource) => void;
}

/** The list of models, the field for an address, and where checkpoints can be had. */
export interface ModelPicker {
  /** Lets the list say which of its models is loaded, if it is one of them. */
  showSource(source: ModelSource): void;
  /** Reads which models are published with the page. */
  start(): Promise<void>;
}

/** Makes the model picker work. */
export function createModelPicker({ wanted, onChoose, onDefault }: ModelPickerOptions): ModelPicker {
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
  const list = byId('model-list', HTMLSelectElement);
  let offered: readonly OfferedModel[] = [];
  list.addEventListener('change', () => onChoose((offered[list.selectedIndex] ?? embedded).source));
  return {
    showSource: (source) => void (list.selectedIndex = offered.findIndex((model) => model.source === source)),
    async start() {
      if (wanted) chooseUrl(wanted);
      const published = await publishedModels();
      offered = [...published.map(({ name, url }): OfferedModel => ({ name, source: { url } })), embedded];
      list.append(...offered.map(({ name }) => element('option', { textContent: name })));
      list.selectedIndex = -1;
      if (!wanted) onDefault((offered[0] ?? embedded).source);
    },
  };
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
