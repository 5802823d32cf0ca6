/**
 * The tree of a body: mdast, with the plan's own nodes in place of MDX's. Every output walks this one tree.
 */

import type { Data, Literal, Parent, PhrasingContent, RootContent } from 'mdast';
import type { Range } from '../diagnostics/report.ts';
import type { BlockAttributes } from './schema-types.ts';

export type BlockSchema = keyof BlockAttributes;

/** A known block. `S` is the name of its schema, which decides the type of its attributes. */
export interface Block<S extends BlockSchema = BlockSchema> extends Parent {
  type: 'block';
  /** As written: `Step`. */
  name: string;
  schema: S;
  attributes: BlockAttributes[S];
  children: RootContent[];
  position: Range;
  data?: Data;
}

/** The blocks that carry a number (a letter in an action) and an id that others may name. */
export type StepBlock = Block<'step'> | Block<'use'> | Block<'decision'> | Block<'part'>;

/** `{organisation.name}`: a value of plan.yaml. `value` is the name. */
export interface Variable extends Literal {
  type: 'variable';
  position: Range;
}

/** `[text](kind:id)`: a link to a document or step of the plan. */
export interface ReferenceLink extends Parent {
  type: 'referenceLink';
  reference: string;
  children: PhrasingContent[];
  position: Range;
}

export interface ContentRoot extends Parent {
  type: 'root';
  children: RootContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    block: Block;
    variable: Variable;
    referenceLink: ReferenceLink;
  }
  interface PhrasingContentMap {
    variable: Variable;
    referenceLink: ReferenceLink;
  }
  interface BlockContentMap {
    block: Block;
  }
}

/** Tells whether a node is a block of the given schema, and narrows its attributes. */
export function isBlock<S extends BlockSchema>(node: unknown, ...schemas: S[]): node is Block<S> {
  const candidate = node as Block;
  return candidate.type === 'block' && (schemas.length === 0 || schemas.includes(candidate.schema as S));
}

/** Tells whether a node is one of the numbered blocks. */
export function isStepBlock(node: unknown): node is StepBlock {
  return isBlock(node, 'step', 'use', 'decision', 'part');
}

const phrasing: ReadonlySet<string> = new Set<PhrasingContent['type']>([
  'text',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'break',
  'link',
  'linkReference',
  'image',
  'imageReference',
  'footnoteReference',
  'variable',
  'referenceLink',
]);

/** Tells whether a node stands inside a paragraph, among words. */
export function isPhrasing(node: { type: string }): boolean {
  return phrasing.has(node.type);
}
