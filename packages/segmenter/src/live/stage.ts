import type { LabelMap, Pair, Preprocessing } from '@atrous/core';
import { BUFFER_USAGE } from '@atrous/platform/gpu';
import type { DeviceNetwork } from '@atrous/runtime-webgpu';
import { filterTaps, type FilterTaps } from '../fit/filter-taps.ts';
import type { FitPlan } from '../fit/plan-fit.ts';
import type { LiveSize } from './live-segmenter.ts';
import type { Pipelines } from './pipelines.ts';
import { GROUP, NORMALISATION, PARAMETERS } from './shaders.ts';

/** What a stage is made from. */
export interface StageSpec {
  readonly device: GPUDevice;
  readonly pipelines: Pipelines;
  /** For inputs of the plan's size. The stage owns it. */
  readonly network: DeviceNetwork;
  readonly source: LiveSize;
  readonly plan: FitPlan;
  readonly preprocessing: Preprocessing;
  readonly labels: LabelMap;
  /** Red, green, blue and whether they cover the picture, 0 or 1, by class. */
  readonly colors: Float32Array<ArrayBuffer>;
}

/** Everything on the device that frames of one size need. */
export interface Stage {
  readonly source: LiveSize;
  readonly plan: FitPlan;
  readonly network: DeviceNetwork;
  /** Where a frame is copied to that is no texture yet. */
  readonly picture: GPUTexture;
  /** Bytes besides the network's. */
  readonly bytes: number;
  /** Says how much of the colours covers the pictures to come, 0 … 1. */
  cover(opacity: number): void;
  /** Adds everything from a picture to what is painted on `target`. */
  encode(encoder: GPUCommandEncoder, picture: GPUTexture, target: GPUTexture): void;
  dispose(): void;
}

/** Of `GPUTextureUsage`, which Node has no global for. */
const TEXTURE_USAGE = { copySource: 0x1, copyTarget: 0x2, binding: 0x4, attachment: 0x10 } as const;

/** Lines of a table: first element, their number, their weights. */
function tableOf({ first, count, weights, stride }: FilterTaps): Float32Array<ArrayBuffer> {
  const table = new Float32Array(first.length * (stride + 2));
  for (let line = 0; line < first.length; line++) {
    table.set([first[line]!, count[line]!], line * (stride + 2));
    table.set(weights.subarray(line * stride, (line + 1) * stride), line * (stride + 2) + 2);
  }
  return table;
}

/** Where the opacity is among the parameters, in bytes. */
const OPACITY_AT = 4 * (PARAMETERS.length + NORMALISATION.length);

const CHANNELS = { rgb: [0, 1, 2], bgr: [2, 1, 0] } as const;

function parametersOf({ source, plan, preprocessing, labels, network }: StageSpec, strides: Pair): ArrayBuffer {
  const { type } = network.outputs['labels']!;
  const [red, green, blue] = CHANNELS[preprocessing.channelOrder];
  const integers: Record<(typeof PARAMETERS)[number], number> = {
    ...{ sourceWidth: source.width, sourceHeight: source.height },
    ...{ imageWidth: plan.image[1], imageHeight: plan.image[0], inputWidth: plan.input[1], inputHeight: plan.input[0] },
    ...{ columnStride: strides[1], rowStride: strides[0], red, green, blue, fill: plan.fill },
    ...{ idsPerWord: type === 'float32' ? 1 : type.idsPerWord, classes: labels.classes.length },
  };
  const buffer = new ArrayBuffer(OPACITY_AT + 4);
  new Int32Array(buffer).set(PARAMETERS.map((name) => integers[name]));
  new Float32Array(buffer).set([...preprocessing.mean, ...preprocessing.std], PARAMETERS.length);
  return buffer;
}

const groupsOf = (width: number, height: number): Pair => [Math.ceil(width / GROUP), Math.ceil(height / GROUP)];

/** Buffers of a stage. */
function createBuffers({ device, ...spec }: StageSpec) {
  const { source, plan, colors } = spec;
  const made: GPUBuffer[] = [];
  const create = (size: number, usage: number = BUFFER_USAGE.storage | BUFFER_USAGE.copyTarget): GPUBuffer => {
    const buffer = device.createBuffer({ size, usage });
    made.push(buffer);
    return buffer;
  };
  const upload = (data: Float32Array<ArrayBuffer> | ArrayBuffer, usage?: number): GPUBuffer => {
    const buffer = create(data.byteLength, usage);
    device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  };
  const rows = filterTaps(source.height, plan.image[0]);
  const columns = filterTaps(source.width, plan.image[1]);
  const parameters = parametersOf({ device, ...spec }, [rows.stride + 2, columns.stride + 2]);
  return {
    parameters: upload(parameters, BUFFER_USAGE.uniform | BUFFER_USAGE.copyTarget),
    rows: upload(tableOf(rows)),
    columns: upload(tableOf(columns)),
    colors: upload(colors),
    narrowed: create(4 * source.height * plan.image[1]),
    made,
  };
}

/** Puts on the device what frames of one size need. */
export function createStage(spec: StageSpec): Stage {
  const { device, pipelines, network, source, plan } = spec;
  const { parameters, rows, columns, colors, narrowed, made } = createBuffers(spec);
  const picture = device.createTexture({
    ...{ size: [source.width, source.height], format: 'rgba8unorm' },
    usage: TEXTURE_USAGE.binding | TEXTURE_USAGE.copyTarget | TEXTURE_USAGE.attachment,
  });
  const bind = (pipeline: GPUComputePipeline | GPURenderPipeline, ...buffers: GPUBuffer[]): GPUBindGroup =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [parameters, ...buffers].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  const bindPicture = (pipeline: GPUComputePipeline | GPURenderPipeline, texture: GPUTexture): GPUBindGroup =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(1),
      entries: [{ binding: 0, resource: texture.createView() }],
    });
  const narrowBindings = bind(pipelines.narrow, narrowed, columns);
  const fitBindings = bind(pipelines.fit, network.inputs[Object.keys(network.inputs)[0]!]!.buffer, narrowed, rows);
  const paintBindings = bind(pipelines.paint, network.outputs['labels']!.buffer, colors);
  return {
    source,
    plan,
    network,
    picture,
    bytes: made.reduce((sum, { size }) => sum + size, 4 * source.width * source.height),
    cover: (opacity) => device.queue.writeBuffer(parameters, OPACITY_AT, Float32Array.of(opacity)),
    encode(encoder, from, target) {
      const computing = encoder.beginComputePass();
      computing.setPipeline(pipelines.narrow);
      computing.setBindGroup(0, narrowBindings);
      computing.setBindGroup(1, bindPicture(pipelines.narrow, from));
      computing.dispatchWorkgroups(...groupsOf(plan.image[1], source.height));
      computing.setPipeline(pipelines.fit);
      computing.setBindGroup(0, fitBindings);
      computing.dispatchWorkgroups(...groupsOf(plan.input[1], plan.input[0]));
      network.encode(computing);
      computing.end();
      const painting = encoder.beginRenderPass({
        colorAttachments: [{ view: target.createView(), loadOp: 'clear', storeOp: 'store' }],
      });
      painting.setPipeline(pipelines.paint);
      painting.setBindGroup(0, paintBindings);
      painting.setBindGroup(1, bindPicture(pipelines.paint, from));
      painting.draw(3);
      painting.end();
    },
    dispose() {
      network.dispose();
      picture.destroy();
      for (const buffer of made) buffer.destroy();
    },
  };
}
