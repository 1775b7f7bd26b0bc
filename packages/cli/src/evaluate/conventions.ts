import type { AbsentClasses } from '@atrous/metrics';

/** What absent classes do to the mean IoU, with the words that tables use for it. */
export const ABSENT_CONVENTIONS: readonly { readonly name: AbsentClasses; readonly about: string }[] = [
  { name: 'exclude-truth', about: 'classes in the truth' },
  { name: 'exclude-both', about: 'classes in truth or prediction' },
  { name: 'zero', about: 'all classes, absent ones count 0' },
];
