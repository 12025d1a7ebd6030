// Drives both versions of VeeValidate.

import { leaves } from './harness.mjs';
import { formatPath, parse } from './paths.mjs';

export const drive =
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
    let output;
    await form.handleSubmit((sent) => {
      output = sent;
    })();
    const errors = {};
    for (const [field, messages] of Object.entries(form.errorBag.value)) errors[parse(field).join('.')] = messages;
    page.done();
    return { output, errors };
  };
