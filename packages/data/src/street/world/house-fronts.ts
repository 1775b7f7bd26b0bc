import { plain, put, tint } from '../texture/materials.ts';
import { houseOf, span, type House } from './house.ts';

/** Adds a striped awning over the shops of a house. */
export function addAwning({ brush, x0, x1, z0, z1, facade, side }: House): void {
  const colors = [facade.shop, facade.trim];
  const cloth = houseOf((u, _v, _size, out) => put(out, colors[Math.abs(Math.floor(u / 0.5)) % 2]!));
  const wall = side > 0 ? x0 : x1;
  const edge = wall - side * 1.1;
  const [low, middle, high] = [facade.storey * 0.64, facade.storey * 0.72, facade.storey * 0.9];
  const [near, far] = side > 0 ? [z1 - 0.4, z0 + 0.4] : [z0 + 0.4, z1 - 0.4];
  brush.face(
    [
      [edge, middle, near],
      [edge, middle, far],
      [wall, high, far],
      [wall, high, near],
    ],
    cloth,
  );
  brush.face(
    [
      [edge, low, near],
      [edge, low, far],
      [edge, middle, far],
      [edge, middle, near],
    ],
    cloth,
  );
}

/** Adds balconies to the first and second floor of a house. */
export function addBalconies(house: House): void {
  const { brush, x0, x1, z0, z1, facade, side } = house;
  const { storey, bay, trim } = facade;
  const slab = houseOf(plain(trim));
  const rail = houseOf(plain(tint(70, 72, 76)));
  const [near, far] = span(house, side > 0 ? x0 - 1 : x1 + 1, 1);
  for (let z = z0 + bay; z + bay < z1; z += 2 * bay)
    for (const row of [1, 2]) {
      const y = row * storey;
      brush.box([near, y, z], [far, y + 0.16, z + bay], { front: slab, back: slab, sides: slab, bottom: slab });
      brush.box([near, y + 0.16, z], [far, y + 0.95, z + bay], { front: rail, back: rail, sides: rail });
    }
}
