import type { GraphBuilder } from './graph-builder.ts';
import type { Graph, Json, Node, Param, Shape } from './ops.ts';
import type { LongRunningOptions } from './progress.ts';
import type { Tensor, Weights } from './tensor.ts';

/** What every plugin has: a kind and a name to find it by. */
export interface Plugin {
  readonly kind: 'backbone' | 'head' | 'runtime' | 'op' | 'model';
  readonly name: string;
  /** One line for listings. */
  readonly description: string;
}

/** A feature map that a backbone offers. */
export interface Feature {
  readonly node: Node;
  /** Image pixels between neighbouring units. */
  readonly stride: number;
  /** The same in the classification network, before an output stride took effect. */
  readonly nominalStride: number;
  readonly channels: number;
}

/**
 * Features by level: `c1` at half the image's resolution, `c2` at a quarter, … as they were in the classification network.
 * Backbones may add named taps, for example `c2Expanded`.
 */
export type Features = Readonly<Record<string, Feature>>;

/** A backbone with its options decided, ready to be built into a graph. */
export interface Backbone {
  readonly kind: 'backbone';
  readonly name: string;
  readonly options: Json;
  /** Adds the backbone's nodes. Strides are nominal; the builder's output stride turns them into rates. */
  build(builder: GraphBuilder, image: Node): Features;
}

/** A context module or decoder with its options decided: features in, one feature map or logits out. */
export interface Head {
  readonly kind: 'head';
  readonly name: string;
  readonly options: Json;
  build(builder: GraphBuilder, features: Features, image: Node): Node;
}

/** A plugin that is also the function that takes its options. */
export interface Factory<Kind extends Plugin['kind'], Name extends string, Options, Product> extends Plugin {
  readonly kind: Kind;
  readonly name: Name;
  readonly defaults: Options;
  (options?: Partial<Options>): Product;
}

/** A backbone plugin: call it with options, or look it up by name. */
export type BackboneFactory<Name extends string = string, Options = unknown> = Factory<
  'backbone',
  Name,
  Options,
  Backbone
>;

/** A head plugin: call it with options, or look it up by name. */
export type HeadFactory<Name extends string = string, Options = unknown> = Factory<'head', Name, Options, Head>;

interface PartDefinition<Name extends string, Options, Build> {
  readonly name: Name;
  readonly description: string;
  readonly defaults: NoInfer<Options>;
  readonly build: Build;
}

function toFactory<const Kind extends Plugin['kind'], Name extends string, Options, Product>(
  kind: Kind,
  definition: PartDefinition<Name, Options, unknown>,
  make: (options: Options) => Product,
): Factory<Kind, Name, Options, Product> {
  const factory = (options: Partial<Options> = {}): Product => make({ ...definition.defaults, ...options });
  Object.defineProperty(factory, 'name', { value: definition.name });
  const { description, defaults } = definition;
  return Object.assign(factory as typeof factory & { readonly name: Name }, { kind, description, defaults });
}

/**
 * Declares a backbone: a name, options with defaults, and a pure `build`.
 *
 * @example
 * const tiny = defineBackbone({
 *   name: 'tiny',
 *   description: 'Two convolutions',
 *   defaults: { width: 8 },
 *   build(builder, image, options: { width: number }) {
 *     const c1 = builder.conv2d(image, { name: 'conv', filters: options.width, kernel: 3, stride: 2, nominal: true });
 *     return { c1: builder.feature(c1) };
 *   },
 * });
 */
export function defineBackbone<const Name extends string, Options extends object>(
  definition: PartDefinition<Name, Options, (builder: GraphBuilder, image: Node, options: Options) => Features>,
): BackboneFactory<Name, Options> {
  return toFactory('backbone', definition, (options): Backbone => ({
    kind: 'backbone',
    name: definition.name,
    options: options as Json,
    build: (builder, image) => definition.build(builder, image, options),
  }));
}

/** Declares a context module or decoder. It names the feature levels it wants and checks their strides. */
export function defineHead<const Name extends string, Options extends object>(
  definition: PartDefinition<
    Name,
    Options,
    (builder: GraphBuilder, features: Features, image: Node, options: Options) => Node
  >,
): HeadFactory<Name, Options> {
  return toFactory('head', definition, (options): Head => ({
    kind: 'head',
    name: definition.name,
    options: options as Json,
    build: (builder, features, image) => definition.build(builder, features, image, options),
  }));
}

/** An op outside the closed set, with everything a runtime needs to fall back on. */
export interface OpDefinition<Options extends Json = Json> extends Plugin {
  readonly kind: 'op';
  inferShape(inputs: readonly Shape[], options: Options): Shape;
  /** Parameters by role, without the node's name in front. */
  params?(inputs: readonly Shape[], options: Options): Readonly<Record<string, Param>>;
  /** Multiply-adds for concrete shapes; 0 when absent. */
  multiplyAdds?(inputs: readonly Shape[], options: Options): number;
  /** The op's definition on host tensors. Runtimes without a kernel of their own call it. */
  reference(inputs: readonly Tensor[], params: Readonly<Record<string, Tensor>>, options: Options): Tensor;
  /** The way back, which training needs: what a change of each input and parameter does to a scalar. */
  gradient?(call: OpGradientCall<Options>): OpGradients;
}

/** What {@link OpDefinition.gradient} is given. */
export interface OpGradientCall<Options extends Json = Json> {
  readonly inputs: readonly Tensor[];
  /** By role, like the result's. */
  readonly params: Readonly<Record<string, Tensor>>;
  readonly options: Options;
  /** The scalar's gradient of the op's output. */
  readonly outputGradient: Tensor;
}

/** What {@link OpDefinition.gradient} returns, each of the shape of what it belongs to. */
export interface OpGradients {
  readonly inputs: readonly Tensor[];
  readonly params?: Readonly<Record<string, Tensor>> | undefined;
}

/** Declares an op outside the closed set. */
export const defineOp = <Options extends Json>(
  definition: Omit<OpDefinition<Options>, 'kind'>,
): OpDefinition<Options> => ({ ...definition, kind: 'op' });

/** Whether a runtime works here. */
export type Availability =
  | { readonly available: true; /** Adapter, instruction set or version in use. */ readonly detail: string }
  | { readonly available: false; readonly reason: string; /** What to install or switch on. */ readonly hint: string };

/** What an executable holds on its device. */
export interface MemoryUse {
  readonly tensors: number;
  readonly bytes: number;
}

/** A compiled network. */
export interface Executable {
  /**
   * Runs the network.
   *
   * @param inputs one `[n, h, w, c]` tensor per graph input, by node name, or the tensor alone when there is one input.
   * @returns host tensors by output name.
   * @throws BackendError when the device is lost or out of memory.
   */
  run(
    inputs: Tensor | Readonly<Record<string, Tensor>>,
    options?: LongRunningOptions,
  ): Promise<Readonly<Record<string, Tensor>>>;
  memory(): MemoryUse;
  /** Frees the weights on the device. Running afterwards throws. */
  dispose(): void;
  [Symbol.dispose](): void;
}

export interface CompileOptions extends LongRunningOptions {
  /** Definitions of the custom ops in the graph. */
  readonly ops?: readonly OpDefinition[] | undefined;
  /** Run the graph as it is, without the inference passes (`optimize`). Default false. */
  readonly exact?: boolean | undefined;
}

/** Runs graphs on some device. */
export interface Runtime extends Plugin {
  readonly kind: 'runtime';
  /** Never throws: a runtime that cannot work says why and what to do. */
  available(): Promise<Availability>;
  /**
   * @throws BackendError when the runtime does not work here or its self-test fails.
   * @throws WeightsError when a parameter is missing, has the wrong shape or is not finite.
   */
  compile(graph: Graph, weights: Weights, options?: CompileOptions): Promise<Executable>;
}

/** Declares a runtime. */
export const defineRuntime = (definition: Omit<Runtime, 'kind'>): Runtime => ({ ...definition, kind: 'runtime' });

/** Builds a whole network from JSON options. */
export interface Model extends Plugin {
  readonly kind: 'model';
  /**
   * @param plugins more backbones and heads that the configuration may name.
   * @throws ShapeError for options that are unknown or contradict each other.
   * @throws UnknownPluginError when it names a backbone or head that is not known.
   */
  fromConfig(config: Readonly<Record<string, Json>>, plugins?: readonly Plugin[]): Graph;
}

/** Declares a model. */
export const defineModel = (definition: Omit<Model, 'kind'>): Model => ({ ...definition, kind: 'model' });
