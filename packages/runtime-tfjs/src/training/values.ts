import { countReaders, sizeOf, type Graph, type Node } from '@atrous/core';
import { dispose } from '@tensorflow/tfjs-core';
import { toBackendError } from '../backend-error.ts';
import { checkRoom } from '../check-room.ts';
import type { Tensor4D } from '../kernel.ts';
import type { Follower } from './followers.ts';
import { runTrainingNode, type PassContext } from './run-training-node.ts';

type Computed = Exclude<Node, { kind: 'input' }>;

/** A node, for messages. */
export const at = ({ name, kind }: Node): string => `"${name}" (${kind})`;

/** The values of one run, each of them freed when nothing will read it any more. */
export class Values {
  readonly #values = new Map<string, Tensor4D>();
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #readers: ReadonlyMap<string, number>;
  readonly #context: PassContext;
  /** Values that gradients read: recomputed ones stay, too. */
  readonly #read: ReadonlySet<string>;

  constructor(graph: Graph, read: ReadonlySet<string>, context: PassContext) {
    this.#nodes = new Map(graph.nodes.map((node) => [node.name, node]));
    this.#readers = countReaders(graph);
    this.#read = read;
    this.#context = context;
  }

  set(name: string, value: Tensor4D): void {
    this.#values.set(name, value);
  }

  /** The value of a node that has run. */
  known = (name: string): Tensor4D => this.#values.get(name) as Tensor4D;

  has = (name: string): boolean => this.#values.has(name);

  /** @param follower what runs with it: then its value, and not the node's, is there. */
  compute(node: Computed, follower?: Follower): void {
    const { backend } = this.#context;
    try {
      checkRoom(backend, sizeOf(node.shape as readonly number[]), at(node));
      const value = runTrainingNode(node, node.inputs.map(this.known), this.#context, follower?.fn);
      this.set(follower?.name ?? node.name, value);
    } catch (error) {
      throw toBackendError(error, backend.name, at(node));
    }
  }

  /** The value of a node, computed again where it was not kept. */
  recall = (name: string): Tensor4D => {
    const found = this.#values.get(name);
    if (found) return found;
    const node = this.#nodes.get(name) as Computed;
    node.inputs.forEach(this.recall);
    this.compute(node);
    for (const input of node.inputs) if (this.#readers.get(input) === 1 && !this.#read.has(input)) this.free(input);
    return this.known(name);
  };

  /** Frees a value, unless it is an output. */
  free(name: string): void {
    if (this.#readers.get(name) === Infinity) return;
    this.#values.get(name)?.dispose();
    this.#values.delete(name);
  }

  dispose(): void {
    dispose([...this.#values.values()]);
    this.#values.clear();
  }
}
