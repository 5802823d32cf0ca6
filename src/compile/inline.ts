/** Properties that hold inline Markdown. */

import { VFile } from 'vfile';
import { moveDiagnostics, type Range } from '../diagnostics/report.ts';
import { parseMdx } from './mdx.ts';
import { shape } from './shape.ts';
import type { Shaped } from './shaping.ts';

// The same sentence is asked for by every page that shows it.
const inlineCache = new Map<string, { shaped: Shaped; faulty: boolean }>();

/**
 * Shapes inline Markdown of a property.
 *
 * @param range the place of the property, which stands for all places in it; asked when something is wrong
 */
export function shapeInline(markdown: string, file?: VFile, range?: () => Range): Shaped {
  let entry = inlineCache.get(markdown);
  if (!entry) {
    const part = new VFile({ path: file?.path ?? 'property', value: markdown });
    const parsed = parseMdx(markdown, part, false) ?? { type: 'root', children: [] };
    const { tree, references, variables, links } = shape(parsed, markdown, part, 'a property');
    entry = { shaped: { tree, references, variables, links }, faulty: part.messages.length > 0 };
    if (inlineCache.size > 20_000) inlineCache.clear();
    inlineCache.set(markdown, entry);
  }
  if (file && range && entry.faulty) {
    const again = new VFile({ path: file.path, value: markdown });
    const parsed = parseMdx(markdown, again);
    if (parsed) shape(parsed, markdown, again, 'a property');
    moveDiagnostics(again, file, range());
  }
  if (!range) return entry.shaped;
  const placed = <Named extends object>(one: Named) => ({
    ...one,
    get range() {
      return range();
    },
  });
  return {
    tree: entry.shaped.tree,
    references: entry.shaped.references.map(placed),
    variables: entry.shaped.variables.map(placed),
    links: entry.shaped.links.map(placed),
  };
}
