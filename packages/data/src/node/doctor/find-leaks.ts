import { compareFingerprints, type Fingerprint } from './fingerprint.ts';
import type { Findings } from './finding.ts';

/** A picture of a split. */
export interface Seen {
  readonly split: string;
  readonly id: string;
  readonly fingerprint: Fingerprint;
}

/** Finds pictures of later splits that look like one of an earlier split. */
export function findLeaks(seen: readonly Seen[], findings: Findings): void {
  const splits = [...new Set(seen.map(({ split }) => split))];
  for (const [place, split] of splits.entries()) {
    const earlier = seen.filter((other) => splits.indexOf(other.split) < place);
    for (const one of seen.filter((other) => other.split === split)) {
      const [same, alike] = (['same', 'alike'] as const).map((degree) =>
        earlier.find((other) => compareFingerprints(one.fingerprint, other.fingerprint) === degree),
      );
      const twin = same ?? alike;
      if (twin === undefined) continue;
      const code = same === undefined ? 'alike-in-splits' : 'same-in-splits';
      findings.add(code, `${split}/${one.id}`, `${split}/${one.id} and ${twin.split}/${twin.id}`);
    }
  }
}
