// ProComponents, over the whole of Ant Design. Glue:
// `<ProFormText name={['obs_info', 'bucket_name']} rules={[(form) => fieldRule(schema, 'obs_info.bucket_name', () => form.getFieldsValue(true))]} />`.
// A warning is a rule with `warningOnly`. `onFinish` receives the form's values; send `schema['~standard'].validate(values).value`.

import { open } from './ant-form.mjs';
import { bundled } from './bundled.mjs';
import { runFixtures } from './harness.mjs';

// jsdom has neither.
window.matchMedia = () => ({ matches: true, addListener() {}, removeListener() {} });
globalThis.ResizeObserver = class {
  observe() {}
  disconnect() {}
};

const { ProForm, ProFormItem } = await bundled(
  'pro-components',
  `export { ProForm, ProFormItem } from '@ant-design/pro-components';`,
);

runFixtures(
  'ProComponents',
  open(ProForm, ProFormItem, (formRef) => ({ formRef, omitNil: false })),
  { fields: true, warnings: true },
);
