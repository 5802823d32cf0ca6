import type { DocumentCheck } from '../kind.ts';

/** The priority of an incident is one of the plan's. */
export function checkRegister({ plan, document, report }: DocumentCheck<'register'>): void {
  const allowed = plan.settings.priority.levels.map(({ id }) => id);
  (document.data.incidents ?? []).forEach(({ priority }, index) => {
    if (priority === undefined || allowed.includes(priority)) return;
    const fault = { property: 'priority', of: 'The incident', value: priority, allowed };
    report('not-allowed-value', fault, `/incidents/${index}/priority`);
  });
}
