/** Markdown's tree as the text of a plan: whatever MDX would read as code is written so that it stays text. */

import { createRequire } from 'node:module';
import type { Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { unified } from 'unified';

let write: ((tree: Root) => string) | undefined;

/** Nodes as MDX, without a line end after the last. */
export function mdxText(nodes: readonly RootContent[]): string {
  write ??= writer();
  return write({ type: 'root', children: [...nodes] }).trimEnd();
}

/** What stands in one line, for a property that holds Markdown. */
export function mdxLine(children: readonly PhrasingContent[]): string {
  return mdxText([{ type: 'paragraph', children: [...children] }]).replace(/\\?\n/g, ' ');
}

function writer(): (tree: Root) => string {
  const require = createRequire(import.meta.url);
  const { default: stringify } = require('remark-stringify') as typeof import('remark-stringify');
  const { default: gfm } = require('remark-gfm') as typeof import('remark-gfm');
  const { default: mdx } = require('remark-mdx') as typeof import('remark-mdx');
  const { defaultHandlers } = require('mdast-util-to-markdown') as typeof import('mdast-util-to-markdown');
  const processor = unified()
    .use(stringify, {
      bullet: '-',
      emphasis: '_',
      listItemIndent: 'one',
      resourceLink: true,
      rule: '-',
      handlers: {
        // A line that begins with one of these words is a program to MDX, and a sentence to its author.
        paragraph: (node: Paragraph, parent, state, info) =>
          defaultHandlers
            .paragraph(node, parent, state, info)
            .replace(/^(?:import|export)\b/, (word) => `&#x${word.charCodeAt(0).toString(16)};${word.slice(1)}`),
      },
    })
    .use(gfm, { tablePipeAlign: false })
    .use(mdx)
    .freeze();
  return (tree) => processor.stringify(tree) as string;
}

/** Headings inside lists and quotations, and those that would be too deep, as bold lines: a section begins at none. */
export function withoutHeadings<T extends Nodes>(node: T): T {
  if (!('children' in node)) return node;
  const children = (node.children as RootContent[]).map((child): RootContent => {
    if (child.type !== 'heading') return withoutHeadings(child);
    return plainText(child).trim() === ''
      ? { type: 'paragraph', children: child.children }
      : { type: 'paragraph', children: [{ type: 'strong', children: child.children }] };
  });
  return { ...node, children } as T;
}
