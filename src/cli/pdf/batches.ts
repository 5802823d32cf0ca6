/**
 * A binder in pieces that a browser can print. As one document of 1,300 pages its tags and bookmarks took so long that
 * nobody has seen it end. Decision 0026 says what was measured.
 */

import type { Element, ElementContent, Root } from 'hast';
import { h } from 'hastscript';
import { visit } from 'unist-util-visit';

/** What is printed at once. */
export interface Batch {
  sections: Element[];
  /** How many elements its sections have. */
  elements: number;
  /** Ids in it to which other batches lead: a browser writes down only places that its own document names. */
  wanted: string[];
}

// About eighty pages: so little that tags cost little, so much that typefaces and styles are not read too often.
const mostElements = 10_000;

/**
 * Puts sections into batches, in their order, and points links that leave their batch at `elsewhere`, because a
 * browser drops links to places that its document has not. What leads nowhere is no link any more.
 *
 * @param front stands in a batch of its own
 * @param elsewhere address that stands for the other batches
 */
export function batchesOf(front: readonly Element[], sections: readonly Element[], elsewhere: string): Batch[] {
  const batches: Batch[] = [];
  const homes = new Map<string, Batch>();
  for (const section of [...front, ...sections]) {
    const { ids, elements } = contentOf(section);
    const last = batches.at(-1);
    const batch = !last || section === sections[0] || last.elements + elements > mostElements ? begun(batches) : last;
    batch.sections.push(section);
    batch.elements += elements;
    for (const id of ids) homes.set(id, batch);
  }
  for (const batch of batches) lead(batch, homes, elsewhere);
  return batches;
}

function begun(batches: Batch[]): Batch {
  const batch: Batch = { sections: [], elements: 0, wanted: [] };
  batches.push(batch);
  return batch;
}

function lead(batch: Batch, homes: ReadonlyMap<string, Batch>, elsewhere: string): void {
  visit({ type: 'root', children: batch.sections } as Root, 'element', ({ tagName, properties }) => {
    const href = properties['href'];
    if (tagName !== 'a' || typeof href !== 'string' || !href.startsWith('#')) return;
    const id = href.slice(1);
    const home = homes.get(id);
    if (!home) delete properties['href'];
    if (!home || home === batch) return;
    properties['href'] = elsewhere + href;
    if (!home.wanted.includes(id)) home.wanted.push(id);
  });
}

/** What a batch shows: its sections, and links that nobody sees to the places that others lead to. */
export function childrenOf({ sections, wanted }: Batch): ElementContent[] {
  return [
    ...sections,
    h(
      'div',
      { hidden: true },
      wanted.map((id) => h('a', { href: `#${id}` })),
    ),
  ];
}

function contentOf(section: Element): { ids: string[]; elements: number } {
  const ids: string[] = [];
  let elements = 0;
  visit(section, 'element', ({ properties }) => {
    elements += 1;
    if (properties['id']) ids.push(String(properties['id']));
  });
  return { ids, elements };
}
