/** Elements of a page: finding those that stay, and making new ones. */

/**
 * A function that finds an element below a root by its selector, and remembers it: a long page is not searched again at
 * each key. Only for elements that stay.
 */
export function finderIn(root: HTMLElement): <E extends HTMLElement = HTMLElement>(selector: string) => E {
  const found = new Map<string, HTMLElement | null>();
  return <E extends HTMLElement>(selector: string) => {
    if (!found.has(selector)) found.set(selector, root.querySelector<HTMLElement>(selector));
    return found.get(selector) as E;
  };
}

/** A new element with what stands in it. */
export function element(name: string, className: string, children: readonly (string | HTMLElement)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
