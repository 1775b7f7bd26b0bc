/** A bundle that the page's owner publishes, as listed in `models.json`. */
export interface PublishedModel {
  readonly name: string;
  /** Folder of the bundle or its `model.json`, relative to `models.json`. */
  readonly url: string;
}

/** The models listed beside the page; none when there is no list. */
export async function publishedModels(): Promise<readonly PublishedModel[]> {
  const list = new URL('models.json', document.baseURI);
  const response = await fetch(list);
  if (!response.ok) return [];
  const { models } = (await response.json()) as { models: readonly PublishedModel[] };
  return models.map(({ name, url }) => ({ name, url: new URL(url, list).href }));
}
