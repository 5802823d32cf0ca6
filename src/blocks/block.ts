import type { ElementContent } from 'hast';
import type { RootContent } from 'mdast';
import type { DiagnosticArgs, DiagnosticId } from '../diagnostics/catalogue.ts';
import type { Range } from '../diagnostics/report.ts';
import type { Block, BlockSchema } from '../model/content.ts';
import type { Document, NumberedStep } from '../model/document.ts';
import type { InterfaceText } from '../model/interface-text.ts';
import type { Plan } from '../model/plan.ts';

/**
 * Where a block may stand: at the top of a runbook's section, of an action, of any other document, or in a block.
 * Nothing may stand in a property, or in a list or quotation outside a block; they are named here for the wording.
 */
export type Place = 'a phase' | 'an action' | 'a page' | 'a property' | 'a list or quotation' | `<${string}>`;

/** What a block needs to draw itself. */
export interface Draw {
  plan: Plan;
  document: Document;
  text: InterfaceText;
  /** Draws nodes of a body. */
  children: (nodes: readonly RootContent[]) => ElementContent[];
  /** Draws inline Markdown of a property. */
  inline: (markdown: string) => ElementContent[];
  /** The address of a document or step; a bare `#id` for a step of this document. */
  address: (reference: string) => string | undefined;
  /** The numbered step with an id of this document. */
  step: (id: string) => NumberedStep | undefined;
  /** Draws another document's blocks here, as an action inside a runbook: ids and numbers get a prefix. */
  inside: (document: Document, idPrefix: string, numberPrefix: string) => Draw;
  /** Prefix of the ids of this drawing. */
  idPrefix: string;
  /** What is said before the number of a step of this drawing: `14` before `a`. */
  numberPrefix: string;
}

/** What a block's own check may use. Runs after link, so every reference resolves or was reported. */
export interface BlockCheck {
  plan: Plan;
  document: Document;
  report: <Id extends DiagnosticId>(id: Id, args: DiagnosticArgs<Id>, range?: Range) => void;
}

/** A block that an author may write: its name, its attributes (a schema), where it stands, and how it is drawn. */
export interface BlockDefinition<S extends BlockSchema = BlockSchema> {
  name: string;
  schema: S;
  standsIn: readonly Place[];
  draw: (block: Block<S>, draw: Draw) => ElementContent[];
  /** Draws blocks of this kind that follow each other as one, where that says more than each alone. */
  drawRun?: (blocks: readonly Block<S>[], draw: Draw) => ElementContent[];
  check?: (block: Block<S>, check: BlockCheck) => void;
}

/** Declares a block; gives its functions the type of its attributes. */
export function defineBlock<S extends BlockSchema>(definition: BlockDefinition<S>): BlockDefinition<S> {
  return definition;
}

/** The places where detail of a step may stand. */
export const insideSteps = [
  '<Step>',
  '<Use>',
  '<Decision>',
  '<Part>',
  '<Variant>',
  '<Verify>',
  '<Undo>',
] as const satisfies readonly Place[];
