import type { DiagnosticArgs, DiagnosticId } from '../diagnostics/catalogue.ts';
import type { Range } from '../diagnostics/report.ts';
import type { Document, KindName } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';

/** What a check of a document may use. Runs after link, on a plan in which names resolve or were reported. */
export interface DocumentCheck<K extends KindName = KindName> {
  plan: Plan;
  document: Document<K>;
  /** The text of the document's file. */
  source: string;
  /** Today, passed in: nothing below the command line asks the clock. */
  now: Date;
  /** Reports at a range of the document's file, or at a property given as a JSON pointer. */
  report: <Id extends DiagnosticId>(id: Id, args: DiagnosticArgs<Id>, place?: Range | string) => void;
}

/** What a check over all documents of a kind may use. */
export interface PlanCheck<K extends KindName = KindName> {
  plan: Plan;
  documents: readonly Document<K>[];
  now: Date;
  report: <Id extends DiagnosticId>(
    document: Document,
    id: Id,
    args: DiagnosticArgs<Id>,
    place?: Range | string,
    related?: { document: Document; place?: Range | string },
  ) => void;
}

/** Something that a page shows of others: a document whole, its head (title, summary, numbers of steps), or a value. */
type Shown = { whole: Document } | { head: Document } | { value: unknown };

/**
 * A kind of document. Its schema is `schemas/<name>.schema.json`, its page `View.astro` beside its definition;
 * navigation, addresses, search facet and references follow from this entry.
 */
export interface KindDefinition<K extends KindName = KindName> {
  name: K;
  /** Folder in content/, and first part of the address. */
  folder: string;
  /** As written in navigation and sentences. */
  label: { one: string; many: string };
  /** `.yaml` holds data only; `.mdx` has front matter and a body. */
  endings: readonly ('.yaml' | '.mdx')[];
  /** What the body is: running text, the phases of a runbook, or the parts of an action. */
  body: 'none' | 'prose' | 'phases' | 'parts';
  /** Form of an id, where it is not the usual one. */
  idForm?: RegExp;
  /** Whether documents may share a title, because somebody else gives the names. */
  sharesTitles?: boolean;
  /**
   * What the kind's pages show of documents that the document does not name, gathered from the whole plan. A page is
   * drawn again only when something changes that it is known to show, so what a view gathers is listed here.
   */
  showsBeside?: (plan: Plan, document: Document<K>) => Shown[];
  check?: (check: DocumentCheck<K>) => void;
  checkAll?: (check: PlanCheck<K>) => void;
}

/** Declares a kind; gives its functions the type of its data. */
export function defineKind<K extends KindName>(definition: KindDefinition<K>): KindDefinition<K> {
  return definition;
}
