/** How bad a finding is: training goes wrong, training may suffer, good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** Everything that {@link Finding} may be about. */
export type FindingCode =
  | 'files-missing'
  | 'mask-missing'
  | 'unreadable'
  | 'size-differs'
  | 'value-outside'
  | 'mask-color-unknown'
  | 'mask-in-colors'
  | 'mask-alpha'
  | 'image-alpha'
  | 'image-turned'
  | 'palette-differs'
  | 'mask-empty'
  | 'class-absent'
  | 'class-not-in-train'
  | 'class-rare'
  | 'class-dominates'
  | 'mostly-ignored'
  | 'same-in-splits'
  | 'alike-in-splits';

/** Something about a data set that somebody should know. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What was found, with numbers. */
  readonly message: string;
  /** What to do about it. */
  readonly nextStep: string;
  /** Where, for example `val/0016E5_07959`; the first of them. */
  readonly where: readonly string[];
  /** In how many places. */
  readonly count: number;
}

interface Kind {
  readonly severity: Severity;
  readonly what: string;
  readonly nextStep: string;
}

const KINDS: Readonly<Record<FindingCode, Kind>> = {
  'files-missing': {
    severity: 'error',
    what: 'files are missing',
    nextStep: 'put them there, or take their names out of the list of the split',
  },
  'mask-missing': {
    severity: 'warning',
    what: 'pictures have no mask; they are left out',
    nextStep: 'label them, or ignore this if they are meant to be left out; mask and picture need the same name',
  },
  unreadable: {
    severity: 'error',
    what: 'samples cannot be read',
    nextStep: 'get the files again, or leave them out of the split',
  },
  'size-differs': {
    severity: 'error',
    what: 'masks have another size than their picture',
    nextStep: 'export both at one size; scale masks by copying pixels (nearest neighbour), never smoothly',
  },
  'value-outside': {
    severity: 'error',
    what: 'masks have values that are neither a class nor ignored',
    nextStep: 'check the kind of data set, the list of classes and the ignore label, or map the values',
  },
  'mask-color-unknown': {
    severity: 'error',
    what: 'masks have colours that no class has',
    nextStep: 'list the colours in classes.txt; colours in between come from JPEG or smooth scaling and spoil masks',
  },
  'mask-in-colors': {
    severity: 'info',
    what: 'masks are drawn in colours',
    nextStep: 'nothing is wrong; masks of palette indices are smaller and faster to read (encodeMask writes them)',
  },
  'mask-alpha': {
    severity: 'warning',
    what: 'masks have an alpha channel, which is not looked at',
    nextStep: 'export them without alpha: half-transparent edges would be labels of their own',
  },
  'image-alpha': {
    severity: 'info',
    what: 'pictures have an alpha channel; transparent parts are shown on white',
    nextStep: 'export them without alpha if white is not what the network shall see',
  },
  'image-turned': {
    severity: 'warning',
    what: 'pictures are turned by EXIF, which masks are not',
    nextStep: 'lay a mask over its picture; if they do not match, save the picture turned and without EXIF',
  },
  'palette-differs': {
    severity: 'warning',
    what: 'masks have palettes in other colours than the classes',
    nextStep: 'check that the order of classes is the right one: indices count, not colours',
  },
  'mask-empty': {
    severity: 'warning',
    what: 'masks have no labelled pixel',
    nextStep: 'nothing can be learnt from them: label them or leave them out',
  },
  'class-absent': {
    severity: 'warning',
    what: 'classes that no picture shows',
    nextStep: 'their score says nothing; leave them out, add pictures of them, or check the mapping of labels',
  },
  'class-not-in-train': {
    severity: 'error',
    what: 'classes that are scored but never learnt: no picture of train shows them',
    nextStep: 'share the pictures out anew between the splits',
  },
  'class-rare': {
    severity: 'info',
    what: 'classes with less than 1 % of the labelled pixels',
    nextStep: 'train with classWeights, crops with rare classes or a Dice loss, or their IoU may stay at 0',
  },
  'class-dominates': {
    severity: 'warning',
    what: 'one class has more than 90 % of the labelled pixels',
    nextStep: 'pixel accuracy says little; look at the mean IoU, and train with classWeights',
  },
  'mostly-ignored': {
    severity: 'warning',
    what: 'more than half of all pixels do not count',
    nextStep: 'check the ignore label: a class may have its value',
  },
  'same-in-splits': {
    severity: 'error',
    what: 'pictures are in two splits',
    nextStep: 'take them out of one: scores on pictures that were learnt by heart mean nothing',
  },
  'alike-in-splits': {
    severity: 'warning',
    what: 'pictures look nearly the same as one in another split',
    nextStep: 'keep neighbouring frames and copies in one split, or scores are better than they should be',
  },
};

const SHOWN = 5;

/** Gathers findings: one of each code, with the places where it was found. */
export interface Findings {
  /** @param detail what is said beside the number, for example values; each once. */
  add(code: FindingCode, where: string, detail?: string): void;
  /** The worst first. */
  list(): readonly Finding[];
}

const order: readonly Severity[] = ['error', 'warning', 'info'];

export function createFindings(): Findings {
  const places = new Map<FindingCode, { readonly where: string[]; readonly details: Set<string> }>();
  return {
    add(code, where, detail) {
      const found = places.get(code) ?? { where: [], details: new Set() };
      places.set(code, found);
      found.where.push(where);
      if (detail !== undefined) found.details.add(detail);
    },
    list: () =>
      [...places]
        .map(([code, { where, details }]): Finding => {
          const { severity, what, nextStep } = KINDS[code];
          const said = [...details].slice(0, SHOWN).join('; ') + (details.size > SHOWN ? ' …' : '');
          const message = `${where.length}: ${what}${said === '' ? '' : ` (${said})`}`;
          return { code, severity, message, nextStep, where: where.slice(0, SHOWN), count: where.length };
        })
        .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)),
  };
}
