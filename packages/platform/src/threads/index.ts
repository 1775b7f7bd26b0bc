export { createArena, type Address, type Arena } from './arena.ts';
export { countCores } from './count-cores.ts';
export { aloneWith, type Call, type Crew, type KernelTable, type Phase } from './crew.ts';
export { kernelModule, type KernelModule } from './kernel-module.ts';
export type { Owner } from './owner.ts';
export { resolveThreads } from './resolve-threads.ts';
export { startCrew, type CrewOptions } from './start-crew.ts';
