// A page for the libraries that render components.
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><body></body>', { url: 'http://127.0.0.1/', pretendToBeVisual: true });
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis))
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
}
// Node has globals of these names that do not belong to the page.
for (const name of ['window', 'document', 'Event', 'EventTarget', 'FormData', 'CustomEvent', 'navigator']) {
  Object.defineProperty(globalThis, name, {
    value: name === 'window' ? window : window[name],
    configurable: true,
    writable: true,
  });
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** Renders a React component; `update` renders it again, `done` removes it. */
export async function mountReact(component) {
  const { act, createElement } = await import('react');
  const { createRoot } = await import('react-dom/client');
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  const update = () => act(async () => root.render(createElement(component)));
  await update();
  return {
    act,
    container,
    update,
    done: () =>
      act(async () => {
        root.unmount();
        container.remove();
      }),
  };
}

/** Renders a Vue component; `done` removes it. */
export async function mountVue(component) {
  const { createApp, nextTick } = await import('vue');
  const container = document.body.appendChild(document.createElement('div'));
  const app = createApp(component);
  app.mount(container);
  await nextTick();
  return {
    container,
    done: () => {
      app.unmount();
      container.remove();
    },
  };
}
