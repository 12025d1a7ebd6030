// The little of the DOM that the page builds by hand. Text goes in as text, never as markup.

/** `h('a', { href: '#x', class: 'y' }, 'text', node)`; null and false children are left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/**
 * Replaces the children of an element when `key` differs from the last time. What has not changed stays: a link that is
 * being pressed, a disclosure that was opened, the focus.
 */
export function render(element, key, children) {
  const text = JSON.stringify(key);
  if (element.renderedKey === text) return;
  element.renderedKey = text;
  element.replaceChildren(...children().filter((child) => child != null && child !== false));
}

/** Code points, as a person counts; String.length would count surrogates. */
export const countCharacters = (text) => [...text].length;

// A live region speaks when its text changes, so it is emptied first. While one types, the wait is longer.
let pending;
export function announce(text, delay = 60) {
  const live = byId('live');
  live.textContent = '';
  clearTimeout(pending);
  pending = setTimeout(() => {
    live.textContent = text;
  }, delay);
}
