/** The worksheet on this page, so that an open incident can take over where its answers are kept. */

import type { FieldPlace, FormValue } from '../../model/incident/forms.ts';
import type { PriorityMatrix, WorksheetSection, Written, WrittenRow } from '../../model/worksheet.ts';

export interface Definition {
  id: string;
  code: string;
  plan: string;
  digest: string;
  sections: WorksheetSection[];
  priority: PriorityMatrix;
}

/** A row as it is to be shown. */
export interface ShownRow {
  id: string;
  written: WrittenRow;
  /** What stands there as long as nobody writes anything. */
  given?: WrittenRow;
  /** What is to be said under a field. */
  told?: Readonly<Record<string, string>>;
}

/** Where the answers of a worksheet are kept. */
export interface Keeper {
  rows: (section: WorksheetSection) => ShownRow[];
  /** With every key. */
  typed: (place: FieldPlace, value: FormValue) => void;
  /** When a field is left, or something was chosen. */
  left: (place: FieldPlace, value: FormValue) => void;
  /** Id of a row that is added. */
  newRow: (section: string) => string;
}

export interface WorksheetHere {
  form: HTMLFormElement;
  definition: Definition;
  /** What this browser kept of it without an incident. */
  keptBefore: () => Written;
  keepInstead: (written: Written) => void;
  /** From now on the answers are kept there. */
  keepWith: (keeper: Keeper) => void;
  /** Shows what is kept, after it has changed. */
  redraw: () => void;
  /** Called after all that is worked out from the answers was worked out again. */
  onUpdate: (hear: () => void) => void;
}

const offered = Promise.withResolvers<WorksheetHere>();

export const worksheetHere = offered.promise;
export const offerWorksheet = offered.resolve;
