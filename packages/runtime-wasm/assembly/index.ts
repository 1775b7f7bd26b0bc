export { runSteps } from './run-steps';
