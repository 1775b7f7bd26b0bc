/** Takes a place along and beside a street unless something within `reach` metres stands there; answers whether it was free. */
export type TakePlace = (along: number, lateral: number, reach: number) => boolean;

/** A street on which nothing stands yet. */
export function createPlaces(): TakePlace {
  const taken: (readonly [along: number, lateral: number, reach: number])[] = [];
  return (along, lateral, reach) => {
    for (const [a, l, r] of taken) {
      const [da, dl, both] = [a - along, l - lateral, r + reach];
      if (da * da + dl * dl < both * both) return false;
    }
    taken.push([along, lateral, reach]);
    return true;
  };
}
