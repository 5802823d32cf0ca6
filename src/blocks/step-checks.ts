/** Rules that hold for every block with an instruction. The wording rules hold for English and are hints. */

import { toString as plainText } from 'mdast-util-to-string';
import type { Block, StepBlock } from '../model/content.ts';
import { actsAgain, destructiveVerb, startsWithoutVerb } from '../model/wording.ts';
import type { BlockCheck } from './block.ts';
import { splitHeadline } from './step-frame.ts';

// A sentence of more words than this is not understood at one hearing.
const longestInstruction = 25;

export function checkInstruction(block: StepBlock, { plan, report }: BlockCheck): void {
  const { headline } = splitHeadline(block);
  const text = plainText({ type: 'paragraph', children: headline }).trim();
  const first = block.children.find((child) => child.type === 'paragraph');
  if (!text && headline.length === 0) {
    report('step-without-instruction', {}, block.position);
    return;
  }
  if (!plan.settings.language?.startsWith('en') && plan.settings.language !== undefined) return;
  const range = (first?.position ?? block.position) as typeof block.position;
  const words = text.split(/\s+/).length;
  if (words > longestInstruction) report('hint-long-instruction', { words }, range);
  const word = startsWithoutVerb(text);
  if (word) report('hint-verb-first', { word }, range);
  const second = actsAgain(text);
  if (second) report('hint-one-action', { word: second }, range);
}

export function checkEvidenceMarks(block: Block<'step'> | Block<'use'>, { plan, report }: BlockCheck): void {
  if (block.attributes.stopsActiveHarm && !block.attributes.orderedBy) report('harm-without-order', {}, block.position);
  if (block.schema !== 'step' || block.attributes.destroys) return;
  if (!plan.settings.language?.startsWith('en') && plan.settings.language !== undefined) return;
  const { headline } = splitHeadline(block);
  const word = destructiveVerb(plainText({ type: 'paragraph', children: headline }));
  if (word) report('undeclared-destruction', { word }, block.position);
}
