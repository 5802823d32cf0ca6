/**
 * A part of a page as the server drew it, beside what scripts have made of it since. A new drawing is compared with the old
 * one, and only what differs is changed on the page: what scripts added, opened or filled in stays, and the browser lays
 * out no more than it has to. Used while a plan is edited.
 */

// Lines move with every line that is written above them, and no script keeps them.
const withoutScripts = new Set(['data-source']);

export class Drawn {
  readonly #drawn: Element;
  readonly #except: Element | undefined;
  /** What stands on the page for each node of the drawing. */
  readonly #live = new WeakMap<Node, Node>();
  #scriptsAgain = false;

  /**
   * @param live as it is before any script has touched it
   * @param except a part of it that is left alone
   */
  constructor(live: Element, except?: Element) {
    this.#drawn = live.cloneNode(true) as Element;
    this.#except = except;
    this.#pair(this.#drawn, live);
  }

  /**
   * Makes the page what a new drawing says. The new drawing is used up.
   *
   * @returns whether scripts have to run again: more than texts has changed
   */
  bring(next: Element): boolean {
    this.#scriptsAgain = false;
    this.#bring(this.#drawn, next);
    return this.#scriptsAgain;
  }

  #pair(drawn: Node, live: Node): void {
    this.#live.set(drawn, live);
    const children = [...live.childNodes];
    for (const [index, child] of [...drawn.childNodes].entries()) this.#pair(child, children[index] as Node);
  }

  #bring(before: Node, now: Node): void {
    const live = this.#live.get(before) as Node;
    if (live === this.#except || before.isEqualNode(now)) return;
    if (before instanceof Element) {
      this.#bringAttributes(before, live as Element, now as Element);
      this.#bringChildren(before, live, now);
      return;
    }
    // A script has put something else in its place.
    if (!live.isConnected) this.#scriptsAgain = true;
    before.nodeValue = now.nodeValue;
    live.nodeValue = now.nodeValue;
  }

  #bringAttributes(before: Element, live: Element, now: Element): void {
    for (const name of new Set([...before.getAttributeNames(), ...now.getAttributeNames()])) {
      const value = now.getAttribute(name);
      if (value === before.getAttribute(name)) continue;
      if (!withoutScripts.has(name)) this.#scriptsAgain = true;
      for (const element of [before, live]) {
        if (value === null) element.removeAttribute(name);
        else element.setAttribute(name, value);
      }
    }
  }

  /** What is the same from the beginning and from the end stays; what lies between is brought up to date in turn. */
  #bringChildren(before: Node, live: Node, now: Node): void {
    const [old, wanted] = [[...before.childNodes], [...now.childNodes]];
    const both = Math.min(old.length, wanted.length);
    let start = 0;
    while (start < both && isSame(old[start] as Node, wanted[start] as Node)) start += 1;
    let end = 0;
    while (end < both - start && isSame(old.at(-1 - end) as Node, wanted.at(-1 - end) as Node)) end += 1;
    for (let index = 0; index < start; index += 1) this.#bring(old[index] as Node, wanted[index] as Node);
    for (let index = 1; index <= end; index += 1) this.#bring(old.at(-index) as Node, wanted.at(-index) as Node);
    const between = Math.max(old.length, wanted.length) - end;
    const after = old[old.length - end];
    for (let index = start; index < between; index += 1) {
      const gone = index < old.length - end ? old[index] : undefined;
      const come = index < wanted.length - end ? wanted[index] : undefined;
      if (gone && come && isAlike(gone, come)) this.#bring(gone, come);
      else this.#replace(before, live, { gone, come, after });
    }
  }

  #replace(
    before: Node,
    live: Node,
    { gone, come, after }: { gone: Node | undefined; come: Node | undefined; after: Node | undefined },
  ): void {
    if (gone instanceof Element || come instanceof Element) this.#scriptsAgain = true;
    const place = gone ?? after;
    if (come) {
      const shown = document.importNode(come, true);
      const at = place && this.#live.get(place);
      before.insertBefore(come, place ?? null);
      live.insertBefore(shown, at?.parentNode === live ? at : null);
      this.#pair(come, shown);
    }
    if (gone) {
      before.removeChild(gone);
      const shown = this.#live.get(gone);
      shown?.parentNode?.removeChild(shown);
    }
  }
}

const idOf = (node: Node) => (node instanceof Element ? node.id : '');

/** Whether one can become the other. */
function isAlike(one: Node, other: Node): boolean {
  return one.nodeName === other.nodeName && idOf(one) === idOf(other);
}

/** Whether one says what the other says, whatever line it stands in. */
function isSame(one: Node, other: Node): boolean {
  return isAlike(one, other) && one.textContent === other.textContent;
}
