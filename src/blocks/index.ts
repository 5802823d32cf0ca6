/** The blocks that an author may write. A list and nothing else. */

import type { BlockSchema } from '../model/content.ts';
import type { BlockDefinition } from './block.ts';
import { caution } from './caution.ts';
import { badAnswer, command, goodAnswer, placeholder } from './command.ts';
import { decision, option } from './decision.ts';
import { evidence } from './evidence.ts';
import { part } from './part.ts';
import { noSteps, note, undo, verify } from './remarks.ts';
import { step } from './step.ts';
import { use } from './use.ts';
import { variant } from './variant.ts';

const all = [
  step,
  use,
  decision,
  option,
  part,
  caution,
  evidence,
  command,
  placeholder,
  goodAnswer,
  badAnswer,
  variant,
  note,
  noSteps,
  verify,
  undo,
];

/** Every block by the name that an author writes. */
export const blocks: ReadonlyMap<string, BlockDefinition> = new Map(
  all.map((block) => [block.name, block as unknown as BlockDefinition<BlockSchema>]),
);
