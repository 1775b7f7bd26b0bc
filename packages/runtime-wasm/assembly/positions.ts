/** A window at one position along an axis: taps `first … last − 1` lie inside the map, tap 0 at `start`, which may not. */
@unmanaged
export class Position {
  first: i32;
  last: i32;
  start: i32;
  /** By how many positions a mean is divided. */
  count: i32;
}

/** Neighbouring positions `begin … end − 1` with the same taps inside the map. */
@unmanaged
export class Run {
  begin: i32;
  end: i32;
  first: i32;
  last: i32;
}
