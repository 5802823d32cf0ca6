/** The duties to notify of the open incident, as the page of clocks judges them by what was answered there. */

import { byDeadline, type Duty, dutiesFor, dutyName } from '../../../model/duties.ts';
import { clocksForm, fieldName, type IncidentForms } from '../../../model/incident/forms.ts';
import type { DutyLine } from '../../../model/incident/prefill.ts';
import type { IncidentState } from '../../../model/incident/state.ts';
import { factsFrom, type Kept, keptFrom } from '../../clocks/kept.ts';

/** Those that apply or may apply, the most urgent first; none while nothing was answered. */
export function dutyLines(state: IncidentState, forms: IncidentForms | undefined, timeZone: string): DutyLine[] {
  const written = state.forms.get(clocksForm);
  if (!written || !forms) return [];
  const kept = keptFrom(
    [...written].map(([name, { data }]) => [name, data.value] as const),
    timeZone,
  );
  return dutiesFor(factsFrom(kept, forms.rules.facts), forms.rules.notifications)
    .toSorted(byDeadline)
    .flatMap((duty) => {
      const line = lineOf(duty, kept, forms);
      if (!line) return [];
      const decided = written.get(fieldName({ section: 'duties', row: line.name, field: 'decision' }));
      const recorded = line.decision !== 'open' && decided ? { at: decided.at, by: decided.by } : undefined;
      return [{ ...line, ...(recorded ? { recorded } : {}) }];
    });
}

function lineOf(duty: Duty, { duties }: Kept, forms: IncidentForms): DutyLine | undefined {
  const name = dutyName(duty);
  const { decision = 'open', why = '', by = '', sent = '' } = duties[name] ?? {};
  // What somebody decided is told, whatever the facts say now.
  if (duty.verdict === 'does-not-apply' && decision === 'open') return undefined;
  return {
    name,
    title: forms.duties[name]?.title ?? name,
    recipient: forms.duties[name]?.recipient ?? '',
    verdict: duty.verdict,
    decision,
    why,
    decidedBy: by,
    sent,
    ...(duty.start ? { start: duty.start.at } : {}),
    ...(duty.deadline ? { due: duty.deadline.at } : {}),
  };
}
