import type { Heading } from 'mdast';
import type { Range } from '../diagnostics/report.ts';
import type { ContentRoot, StepBlock } from './content.ts';
import type { KindData } from './schema-types.ts';

export type KindName = Exclude<keyof KindData, 'plan'>;

/** A document of the plan: its data, its body, and where both came from. `K` decides the type of the data. */
export interface Document<K extends KindName = KindName> {
  kind: K;
  /** The file name without its ending; what references name. */
  id: string;
  /** Path from the plan's folder, with forward slashes. */
  path: string;
  /** It lies outside the repository, and was laid over the plan. */
  overlaid?: true;
  data: KindData[K];
  /** Absent for documents that are data only. */
  body?: Body;
  /** SHA-256 over what the document says, without status, approvals and review; `sha256-` and hexadecimal digits. */
  digest: string;
  /** Every name that the document uses of another, in the order of the text. */
  references: UsedReference[];
  /** Where a property stands in the file, by its JSON pointer (`/signals/confirm/0`). */
  rangeOf: (pointer: string) => Range;
}

export interface Body {
  tree: ContentRoot;
  /** The level-2 parts of the body, in order; what stands before the first heading is a section without a title. */
  sections: Section[];
  /** The numbered steps, in the order of the text. */
  steps: NumberedStep[];
}

export interface Section {
  /** Anchor of the heading; empty for what stands before the first. */
  id: string;
  title: string;
  /** What the section is for in a document that follows the phases. */
  part: 'first-minutes' | 'phase' | 'other';
  /** The phase document, where part is `phase`. */
  phase?: string;
  children: ContentRoot['children'];
  /** Absent for what stands before the first heading. */
  heading?: Heading;
}

/** A step as it stands in the response path: a Step, an action that is used, a decision, or a part of an action. */
export interface NumberedStep {
  /** Id within the document. */
  id: string;
  block: StepBlock;
  /** `14`; `P2` in Preparation; `a` for a part of an action. Set before any filter, so that it means one thing on every screen and paper. */
  number: string;
  section: Section;
  /** The instruction or question, as plain text. */
  instruction: string;
}

/** One use of a name. */
export interface UsedReference {
  /** What the place asks for: a kind; `step` (a local id or `kind:id#step`), `local-step`; `any` (`kind:id`); `local` (an anchor). */
  expected: string;
  text: string;
  range: Range;
  /** The exact place, where finding it costs another parse. */
  narrow?: () => Range;
}
