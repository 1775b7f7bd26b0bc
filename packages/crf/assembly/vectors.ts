// Widths of a block of lanes, as types: a kernel is written once and compiled for each. `offsetof` of one is a row's bytes.

export class Vectors1 {
  v0: v128;
}
export class Vectors2 extends Vectors1 {
  v1: v128;
}
export class Vectors3 extends Vectors2 {
  v2: v128;
}
export class Vectors4 extends Vectors3 {
  v3: v128;
}
export class Vectors5 extends Vectors4 {
  v4: v128;
}
export class Vectors6 extends Vectors5 {
  v5: v128;
}
