export { simd, type SimdOptions } from './simd.ts';
