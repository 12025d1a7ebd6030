// Ant Design's Form is @rc-component/form, which contains async-validator. Glue:
// `<Form.Item name={['obs_info', 'bucket_name']} rules={[(form) => fieldRule(schema, 'obs_info.bucket_name', () => form.getFieldsValue(true))]}>`.
// `onFinish` receives the form's values; send `schema['~standard'].validate(values).value`.

import { createRequire } from 'node:module';
import { after } from 'node:test';
import { open } from './ant-form.mjs';
import { runFixtures } from './harness.mjs';

// Each form opens a channel and never closes it, which would keep Node running.
const channels = [];
globalThis.MessageChannel = class extends MessageChannel {
  constructor() {
    super();
    channels.push(this);
  }
};
after(() => channels.forEach(({ port1 }) => port1.close()));

const { default: Form, Field } = createRequire(import.meta.url)('@rc-component/form');

runFixtures(
  'Ant Design',
  open(Form, Field, (ref) => ({ ref })),
  { fields: true },
);
