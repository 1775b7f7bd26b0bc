import type { Vec3 } from '../geometry/vec3.ts';
import type { Paint } from '../render/shape.ts';
import { plain, put, stained, tint } from '../texture/materials.ts';
import { houseOf, span, type House } from './house.ts';

const tiles = [tint(120, 66, 50), tint(84, 84, 90), tint(96, 76, 66), tint(70, 66, 66)];

/** Adds a flat roof behind a cornice. */
export function addFlatRoof({ brush, x0, x1, z0, z1, height, facade }: House): void {
  const trim = houseOf(plain(facade.trim));
  const cornice = { front: trim, back: trim, sides: trim, bottom: trim };
  brush.box([x0 - 0.3, height, z0], [x1 + 0.3, height + 0.45, z1], cornice);
}

/** Adds a gabled roof with a chimney and perhaps dormers. */
export function addGabledRoof(house: House): void {
  const { brush, x0, x1, z0, z1, height, wall, facade, random } = house;
  const roof = houseOf(stained(random.pick(tiles), 0.35, 0.35, facade.seed));
  const middle = (x0 + x1) / 2;
  const top = height + Math.min((x1 - x0) * 0.4, 4);
  const low = [x0 - 0.35, x1 + 0.35, z0, z1] as const;
  brush.prism({ low, high: [middle - 0.05, middle + 0.05, z0, z1], from: height, to: top }, { sides: roof });
  for (const z of [z0, z1]) {
    const [left, right]: Vec3[] =
      z === z0
        ? [
            [x0, height, z],
            [x1, height, z],
          ]
        : [
            [x1, height, z],
            [x0, height, z],
          ];
    brush.face([left!, right!, [middle, top, z]], wall);
  }
  const at = z0 + random.uniform(0.1, 0.9) * (z1 - z0 - 0.8);
  const stack = houseOf(stained(facade.wall, 0.3, 0.2, 3));
  const chimney = { front: stack, back: stack, sides: stack };
  brush.box([middle - 0.4, top - 1, at], [middle + 0.4, top + 1, at + 0.8], chimney);
  if (random.chance(0.35)) addDormers(house, roof);
}

/** Adds windows that stand in the roof above the street. */
function addDormers(house: House, roof: Paint): void {
  const { brush, x0, x1, z0, z1, height, facade, side } = house;
  const front = side > 0 ? x0 + 0.5 : x1 - 0.5;
  const cheek = houseOf(plain(facade.trim));
  const pane = houseOf((_u, _v, _size, out) => {
    put(out, tint(40, 48, 58));
    out.gloss = 0.4;
  });
  const [low, high] = [height + 0.4, height + 1.3];
  const [near, far] = span(house, front, 2);
  const x = front - side * 0.02;
  for (let z = z0 + 1.5; z + 1.5 < z1; z += 3.4) {
    const paints = { front: cheek, back: cheek, sides: cheek, top: roof };
    brush.box([near, height + 0.1, z], [far, height + 1.5, z + 1.4], paints);
    const [u, v] = side > 0 ? [z + 1.2, z + 0.2] : [z + 0.2, z + 1.2];
    brush.face(
      [
        [x, low, u],
        [x, low, v],
        [x, high, v],
        [x, high, u],
      ],
      pane,
    );
  }
}
