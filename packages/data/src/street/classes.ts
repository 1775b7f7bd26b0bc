/** Ids of the `camvid` label map. */
export const sky = 0;
export const building = 1;
export const pole = 2;
export const road = 3;
export const pavement = 4;
export const tree = 5;
export const sign = 6;
export const fence = 7;
export const car = 8;
export const pedestrian = 9;
export const bicyclist = 10;
/** Things of no class: bins, the camera car's own bonnet. */
export const ignored = 11;
