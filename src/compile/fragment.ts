/** A block alone, as a lesson holds it before it stands in a document. */

import type { RootContent } from 'mdast';
import { VFile } from 'vfile';
import type { KindDefinition } from '../kinds/kind.ts';
import { type Block, type BlockSchema, isBlock } from '../model/content.ts';
import { parseMdx } from './mdx.ts';
import { placeOf } from './parse.ts';
import { shape } from './shape.ts';
import type { Shaped } from './shaping.ts';

export interface Fragment extends Pick<Shaped, 'references' | 'variables'> {
  /** Holds the faults of the text, at places of the text. */
  file: VFile;
  /** The block; undefined when the text is not exactly one. */
  block: Block | undefined;
  /** The block or paragraph that it is; undefined when it is several, or none. */
  only: RootContent | undefined;
  /** Whether it is one paragraph, as an instruction is. */
  isInstruction: boolean;
}

/** Reads a text that is to be one block at the top of a document of a kind, or an instruction. */
export function parseFragment(text: string, kind: KindDefinition): Fragment {
  const file = new VFile({ path: 'fragment.mdx', value: text });
  const tree = parseMdx(text, file);
  const shaped = tree && shape(tree, text, file, placeOf(kind));
  const [first, ...others] = shaped?.tree.children ?? [];
  const only = others.length === 0 ? first : undefined;
  return {
    file,
    references: shaped?.references ?? [],
    variables: shaped?.variables ?? [],
    only,
    block: only && isBlock(only) ? only : undefined,
    isInstruction: only?.type === 'paragraph',
  };
}

/** The blocks that a change may write into documents of a kind: those with an id of their own. */
export function writableBlocks(kind: KindDefinition): readonly BlockSchema[] {
  return kind.body === 'phases' ? ['step', 'use', 'decision'] : kind.body === 'parts' ? ['part'] : [];
}
