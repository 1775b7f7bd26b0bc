/** A configuration that trains a small network on made-up streets in some minutes; the help and the guide show it. */
export const EXAMPLE = `{
  "network": {
    "name": "deeplab-v3-plus",
    "config": {
      "backbone": { "name": "mobilenet-v2", "depthMultiplier": 0.35, "padding": "symmetric" },
      "head": { "name": "aspp", "channels": 64, "separable": true },
      "decoder": { "name": "decoder", "channels": 64, "lowLevelChannels": 24, "separable": true }
    }
  },
  "data": { "kind": "street", "count": 2000, "seed": 1 },
  "validation": { "kind": "street", "count": 20, "seed": 2 },
  "steps": 900,
  "batchSize": 4,
  "cropSize": [129, 129],
  "batchNormDecay": 0.9,
  "schedule": { "kind": "poly", "learningRate": 0.05, "warmUp": 10 }
}
`;
