/** A small run for every family of backbones and heads, for backends that are too slow here to run all. */
export const familySample: readonly string[] = [
  'own_context_large_pad33/17x23',
  'own_vgg16_largefov/65x65',
  'own_vgg16_msc_largefov/65x65',
  'own_vgg16_v2_aspp_l/65x65',
  'kazuto_v2_resnet101_msc/65x65',
  'tv_deeplabv3_resnet50_os16/65x65',
  'own_cascade_resnet50_os8_b5/65x65',
  'own_resnet101_hdc_duc/65x65',
  'tv_fcn_resnet50/65x65',
  'bubbliiiing_v3plus_xception_os16/65x65',
  'hf_deeplabv3_mobilenetv2_1.0_os16/65x65',
  'vainf_v3plus_mobilenetv2_os16/65x65',
  'tv_lraspp_mobilenet_v3_large/65x65',
  'hf_deeplabv3_mobilevit_small/64x96',
];

/** Its smallest image is too large to be run at every change where a GPU is simulated: minutes. */
export const slowFamilySample: readonly string[] = ['own_dilation_frontend_fc512/380x396'];
