export { labelRows } from './pixels';
