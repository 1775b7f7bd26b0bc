import { camvid } from './camvid.ts';
import { defineLabelMap } from './define-label-map.ts';

/** The 31 classes that CamVid was labelled with, and the one of the 11 that each becomes. Void is black. */
const classes = [
  ['Animal', [64, 128, 64], 'Pedestrian'],
  ['Archway', [192, 0, 128], 'Building'],
  ['Bicyclist', [0, 128, 192], 'Bicyclist'],
  ['Bridge', [0, 128, 64], 'Building'],
  ['Building', [128, 0, 0], 'Building'],
  ['Car', [64, 0, 128], 'Car'],
  ['CartLuggagePram', [64, 0, 192], 'Pedestrian'],
  ['Child', [192, 128, 64], 'Pedestrian'],
  ['Column_Pole', [192, 192, 128], 'Pole'],
  ['Fence', [64, 64, 128], 'Fence'],
  ['LaneMkgsDriv', [128, 0, 192], 'Road'],
  ['LaneMkgsNonDriv', [192, 0, 64], 'Road'],
  ['Misc_Text', [128, 128, 64], 'SignSymbol'],
  ['MotorcycleScooter', [192, 0, 192], 'Bicyclist'],
  ['OtherMoving', [128, 64, 64], 'Car'],
  ['ParkingBlock', [64, 192, 128], 'Pavement'],
  ['Pedestrian', [64, 64, 0], 'Pedestrian'],
  ['Road', [128, 64, 128], 'Road'],
  ['RoadShoulder', [128, 128, 192], 'Pavement'],
  ['Sidewalk', [0, 0, 192], 'Pavement'],
  ['SignSymbol', [192, 128, 128], 'SignSymbol'],
  ['Sky', [128, 128, 128], 'Sky'],
  ['SUVPickupTruck', [64, 128, 192], 'Car'],
  ['TrafficCone', [0, 0, 64], 'Pole'],
  ['TrafficLight', [0, 64, 64], 'SignSymbol'],
  ['Train', [192, 64, 128], 'Car'],
  ['Tree', [128, 128, 0], 'Tree'],
  ['Truck_Bus', [192, 128, 192], 'Car'],
  ['Tunnel', [64, 0, 64], 'Building'],
  ['VegetationMisc', [192, 192, 0], 'Tree'],
  ['Wall', [64, 192, 0], 'Building'],
] as const;

/** CamVid's classes as its authors drew them; 31 is void. */
export const camvidOriginal = /* @__PURE__ */ defineLabelMap(
  'camvid-original',
  classes.map(([name, color]) => [name, color] as const),
  classes.length,
);

/** Ids of `camvid` by those of {@link camvidOriginal}. */
export const camvidIds: readonly number[] = /* @__PURE__ */ (() => [
  ...classes.map(([, , merged]) => camvid.classes.findIndex(({ name }) => name === merged)),
  camvid.ignoreLabel!,
])();
