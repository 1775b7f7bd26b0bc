export { depthwiseFilterGradient } from './depthwise-filter-gradient';
