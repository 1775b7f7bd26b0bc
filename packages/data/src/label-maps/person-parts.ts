import { defineVocColoredMap } from './define-label-map.ts';

const names = ['background', 'head', 'torso', 'upper arms', 'lower arms', 'upper legs', 'lower legs'];

/** PASCAL-Person-Part: background and six parts of people, in VOC colours; 255 does not count. */
export const personParts = /* @__PURE__ */ defineVocColoredMap('person-parts', names, 255);
