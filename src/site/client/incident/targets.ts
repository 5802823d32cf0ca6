/** What a runbook shows of the targets of an incident; loaded once there is one. */

import type { RunbookSteps } from '../../../model/incident/steps.ts';
import { offerTargets } from './fill-targets.ts';
import type { Session } from './session.ts';
import { drawTargetRows, type TargetStep } from './target-rows.ts';

export function followTargets(
  session: Session,
  runbook: RunbookSteps,
  steps: readonly TargetStep[],
  page: HTMLElement,
): void {
  drawTargetRows(session, runbook, steps);
  offerTargets(session, page);
}
