// Glue: none. `useForm(createTrackerFormSchema, { onSubmit(event, { value }) { … } })`. Conform reads the controls of a
// real form: the values are strings, and an empty list is absent.

import { useForm } from '@conform-to/react/future';
import { createElement } from 'react';
import { mountReact } from './dom.mjs';
import { runFixtures } from './harness.mjs';
import { formatPath, parse } from './paths.mjs';

/** The controls of a form with these values, as names and strings. */
function controls(value, path = []) {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.map((item) => [formatPath(path, 'bracket'), item]);
  }
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, inside]) => controls(inside, [...path, step(key)]));
  return [[formatPath(path, 'bracket'), value === true ? 'on' : String(value)]];
}
const step = (key) => (/^\d+$/.test(key) ? Number(key) : key);

async function open({ schema, values }) {
  let form;
  let output;
  const page = await mountReact(function Form() {
    ({ form } = useForm(schema, {
      onSubmit(event, { value }) {
        event.preventDefault();
        output = value;
      },
    }));
    return createElement(
      'form',
      form.props,
      controls(values).map(([name, value], key) =>
        createElement('input', { key, name, defaultValue: value, type: 'hidden' }),
      ),
    );
  });
  return {
    choose: (type) => page.container.querySelector('[name=tracker_type]').setAttribute('value', type),
    async submit() {
      output = undefined;
      await page.act(async () => page.container.querySelector('form').requestSubmit());
      const errors = {};
      for (const [field, messages] of Object.entries(form.fieldErrors)) errors[parse(field).join('.')] = messages;
      return { output, errors };
    },
    close: page.done,
  };
}

runFixtures('Conform', open, { as: ({ sent = {}, ...fixture }) => ({ ...fixture, ...sent }) });
