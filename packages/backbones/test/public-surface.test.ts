import * as all from '@atrous/backbones';
import * as mobile from '@atrous/backbones/mobilenet-v2';
import * as mobileV3 from '@atrous/backbones/mobilenet-v3';
import * as residual from '@atrous/backbones/resnet';
import * as vgg from '@atrous/backbones/vgg16';
import * as xception from '@atrous/backbones/xception';
import * as classic from '@atrous/backbones/xception-classic';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual([
    'mobilenetV2',
    'mobilenetV3',
    'resnet',
    'vgg16',
    'xception',
    'xceptionClassic',
  ]);
  expect(Object.keys(mobile)).toEqual(['mobilenetV2']);
  expect(Object.keys(residual)).toEqual(['resnet']);
  expect(Object.keys(mobileV3)).toEqual(['mobilenetV3']);
  expect(Object.keys(vgg)).toEqual(['vgg16']);
  expect(Object.keys(xception)).toEqual(['xception']);
  expect(Object.keys(classic)).toEqual(['xceptionClassic']);
});
