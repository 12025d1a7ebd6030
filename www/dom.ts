// Helpers that build the dynamic parts of the page. Text is always inserted as text, never as markup.

type Child = Node | string | null | undefined | false;
type Attribute = string | number | boolean | null | undefined | ((event: Event) => void);

const isPresent = (child: Child): child is Node | string => child != null && child !== false;

/** Creates an element: `h('a', { href: '#x', onclick }, 'text', node)`. Ignores null, undefined and false children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>>,
  ...children: (Child | readonly Child[])[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice('on'.length), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter(isPresent));
  return element;
}

/** The element with this id, checked to be of the given class. */
export function byId(id: string): HTMLElement;
export function byId<E extends HTMLElement>(id: string, type: new () => E): E;
export function byId(id: string, type: new () => HTMLElement = HTMLElement): HTMLElement {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} with the id ${id}`);
  return element;
}

const renderedKeys = new WeakMap<Element, string>();

/**
 * Replaces the children of an element only if `key` has changed since the last call. Otherwise the children keep their
 * state: the focus, an open disclosure, a link that is being pressed.
 */
export function render(element: Element, key: unknown, children: () => readonly Child[]): void {
  const text = JSON.stringify(key);
  if (renderedKeys.get(element) === text) return;
  renderedKeys.set(element, text);
  element.replaceChildren(...children().filter(isPresent));
}
