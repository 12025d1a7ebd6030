// Drives both versions of VeeValidate.

import { leaves } from './harness.mjs';
import { formatPath, parse } from './paths.mjs';

export const open =
  (useForm, mountVue, toRules) =>
  async ({ schema, values }) => {
    let form;
    const page = await mountVue({
      setup() {
        form = useForm({ validationSchema: toRules(schema), initialValues: values });
        for (const path of leaves(values)) form.defineField(formatPath(parse(path), 'bracket'));
        return () => null;
      },
    });
    return {
      choose: (type) => form.setFieldValue('tracker_type', type),
      async submit() {
        let output;
        await form.handleSubmit((sent) => {
          output = sent;
        })();
        const errors = {};
        for (const [field, messages] of Object.entries(form.errorBag.value)) errors[parse(field).join('.')] = messages;
        return { output, errors };
      },
      close: page.done,
    };
  };
