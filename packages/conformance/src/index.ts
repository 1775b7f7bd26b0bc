export { summarize, type GoldenResult, type GoldenSummary } from './goldens/golden-result.ts';
export { runGoldens, type GoldenOptions } from './goldens/run-goldens.ts';
export { networkCases } from './networks/index.ts';
export type { NetworkCase, NetworkDescription, NetworkUnderTest } from './networks/network-case.ts';
