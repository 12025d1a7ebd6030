// Nuxt UI, in an app of Vue; a warning is `help`. Glue: none, `<UForm :schema="schema" :state="form">`; `event.data` of `@submit` is the request. A
// field of a list needs `:error-pattern`, because an error is at an item: `data_bucket.data_event.0`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ui from '@nuxt/ui/vite';
import vueFiles from '@vitejs/plugin-vue';
import { build } from 'vite';
import { h, nextTick, reactive, ref } from 'vue';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = join(here, 'node_modules', '.cache', 'nuxt-ui');
const component = (name) => join(here, 'node_modules', '@nuxt', 'ui', 'dist', 'runtime', 'components', `${name}.vue`);

// The components are sources that Nuxt UI's own plugin completes.
await build({
  configFile: false,
  root: here,
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [vueFiles(), ui({ router: false, autoImport: false, components: false, dts: false, colorMode: false })],
  build: {
    lib: { entry: { Form: component('Form'), FormField: component('FormField') }, formats: ['es'] },
    outDir,
    minify: false,
    rolldownOptions: { external: ['vue'] },
  },
});
const [{ default: Form }, { default: FormField }] = await Promise.all(
  ['Form', 'FormField'].map((name) => import(pathToFileURL(join(outDir, `${name}.js`)).href)),
);

async function open({ schema, values, fields, warningOf }) {
  const state = reactive(values);
  const form = ref();
  let output;
  const onSubmit = ({ data }) => {
    output = data;
  };
  const items = () =>
    fields(state).map((name) =>
      h(FormField, {
        key: name,
        name,
        help: warningOf?.(name),
        errorPattern: new RegExp(`^${name.replaceAll('.', '\\.')}\\.\\d+$`),
        'data-name': name,
      }),
    );
  const page = await mountVue({ setup: () => () => h(Form, { ref: form, schema, state, onSubmit }, items) });
  return {
    choose(type) {
      state.tracker_type = type;
      return nextTick();
    },
    async submit() {
      output = undefined;
      await form.value.submit();
      await nextTick();
      // As a person sees them.
      const errors = {};
      for (const item of page.container.querySelectorAll('[data-name]')) {
        const error = item.querySelector('[data-slot=error]');
        if (error) errors[item.dataset.name] = error.textContent.trim();
      }
      return { output, errors };
    },
    container: page.container,
    close: page.done,
  };
}

runFixtures('Nuxt UI', open, { fields: true, first: true, warnings: true });
