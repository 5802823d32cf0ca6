/** What shaping a body works on: MDX's elements, and what is gathered on the way. */

import type { Definition, RootContent } from 'mdast';
import type { VFile } from 'vfile';
import type { Range } from '../diagnostics/report.ts';
import type { ContentRoot } from '../model/content.ts';
import type { UsedReference } from '../model/document.ts';

/** A shaped body and what it names. */
export interface Shaped {
  tree: ContentRoot;
  references: UsedReference[];
  variables: { name: string; range: Range }[];
  /** Paths to other files of the plan, as written. */
  links: { target: string; range: Range; image: boolean }[];
}

/** An element as MDX gives it. */
export interface Jsx {
  name: string | null;
  attributes: (
    | { type: 'mdxJsxAttribute'; name: string; value?: string | null | { type: string; value: string } }
    | { type: 'mdxJsxExpressionAttribute'; value: string }
  )[];
  children: RootContent[];
  position: Range;
}

/** A body while it is shaped. */
export interface Shaping extends Shaped {
  file: VFile;
  /** What was parsed. */
  text: string;
  /** `[name]: address`, by name; `reference` once a link has used it. */
  definitions: Map<string, Definition & { used?: { reference: string | undefined } }>;
  attributeRange: (block: number, attribute: string) => Range | undefined;
}

/** The place of what was read without places. Whatever is pointed at is read again before anybody sees it. */
const unknownPlace: Range = {
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 1, offset: 0 },
};

/** Where a node stands, as far as it was read. */
export const placeOf = ({ position }: { position?: unknown }): Range => (position as Range | undefined) ?? unknownPlace;

/** The first line of an element, to point at without underlining all that it holds. */
export function openingTag(element: Jsx): Range {
  const position = placeOf(element);
  return position.start.line === position.end.line
    ? position
    : {
        start: position.start,
        end: { line: position.start.line, column: position.start.column + 1, offset: position.start.offset + 1 },
      };
}
