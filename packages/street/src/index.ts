export { streetBundle, type StreetBundleOptions } from './street-bundle.ts';
