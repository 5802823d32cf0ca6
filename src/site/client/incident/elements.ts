/** Elements, made in one expression. */

type Child = Node | string | undefined | false;

/**
 * An element with attributes and children. An attribute that is `false` or undefined is left out, and one that is `true`
 * has no value. `onclick` and the like take a function.
 */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean | undefined | ((event: Event) => void)> = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

export function button(label: string, onclick: (event: Event) => void, attributes: Record<string, string> = {}) {
  return make('button', { type: 'button', ...attributes, onclick }, label);
}

let count = 0;

/** A field with its label, and what is said under it. */
export function field(
  label: string,
  control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  hint = '',
): HTMLElement {
  const id = `incident-field-${++count}`;
  control.id = id;
  const help = hint ? make('p', { class: 'field-help', id: `${id}-hint` }, hint) : undefined;
  const fault = make('p', { class: 'field-fault', id: `${id}-fault`, role: 'status' });
  control.setAttribute('aria-describedby', `${hint ? `${id}-hint ` : ''}${id}-fault`);
  return make('div', { class: 'field' }, make('label', { for: id }, label), help, control, fault);
}

/** Draws a place anew. The cursor stays on what has the same `data-key`. */
export function redraw(place: Element, ...children: (Child | Child[])[]): void {
  const active = document.activeElement;
  const key = active && place.contains(active) ? active.getAttribute('data-key') : undefined;
  place.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== false));
  if (key) place.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
