/** What the page of the record is drawn from. */

import type { IncidentForms } from '../../../../model/incident/forms.ts';
import type { DutyLine } from '../../../../model/incident/prefill.ts';
import type { Names } from '../../../../model/incident/report.ts';
import type { IncidentState } from '../../../../model/incident/state.ts';
import type { IncidentPlan, RunbookSteps } from '../../../../model/incident/steps.ts';
import { loadForms } from '../plan-parts.ts';
import type { Session } from '../session.ts';

/** What the page is drawn from at one moment. */
export interface View {
  session: Session;
  plan: IncidentPlan;
  runbooks: RunbookSteps[];
  names: Names;
  duties: DutyLine[];
}

/** What forms are called, once something was written on one. */
export function formsInUse(state: IncidentState): Promise<IncidentForms | undefined> {
  return state.forms.size > 0 ? loadForms() : Promise.resolve(undefined);
}
