import type { Graph, Json, LabelMap, Preprocessing, Weights } from '@atrous/core';

/** Where weights come from and under which terms. */
export interface Provenance {
  readonly source?: string | undefined;
  /** An SPDX identifier where there is one. */
  readonly license?: string | undefined;
  readonly [fact: string]: string | undefined;
}

/** What a bundle says about itself. */
export interface BundleDescription {
  readonly format: 'atrous-bundle';
  readonly version: 1;
  readonly name: string;
  readonly description?: string | undefined;
  /** How the graph was built, for those who want to build it differently. The bundle runs without it. */
  readonly model?: { readonly name: string; readonly config: Json } | undefined;
  readonly provenance: Provenance;
}

/** The file of a bundle's weights. */
export interface WeightsFile {
  /** Name of a file beside `model.json`. */
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Content of a bundle's `model.json`. */
export interface BundleManifest extends BundleDescription {
  /** As written by `graphToJson`. */
  readonly graph: Json;
  readonly labels: LabelMap;
  readonly preprocessing: Preprocessing;
  readonly weights: WeightsFile;
}

/** A network ready to be run: graph, weights, labels and what to do with images. Needs no registry. */
export interface Bundle {
  readonly manifest: BundleDescription;
  /** One input, one output called `logits`, at the output stride, with a channel per class. */
  readonly graph: Graph;
  readonly weights: Weights;
  readonly labels: LabelMap;
  readonly preprocessing: Preprocessing;
}
