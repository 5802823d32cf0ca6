/** What a plan says of duties to notify, without the words: what the page of clocks and an open incident judge by. */

import { type DutyRules, factsOf, type NotificationFacts } from '../../model/duties.ts';
import { documentsOf, isCurrent, type Plan } from '../../model/plan.ts';

export function dutyRules(plan: Plan): DutyRules {
  return {
    facts: factsOf(plan.settings).map(({ id, name, partOf, known }) => ({
      id,
      name,
      ...(partOf ? { partOf } : {}),
      ...(known ? { known } : {}),
    })),
    notifications: documentsOf(plan, 'notification')
      .filter((notification) => isCurrent(notification))
      .map(
        ({ id, data }): NotificationFacts => ({
          id,
          standing: data.standing,
          ...(data.effectiveFrom ? { effectiveFrom: data.effectiveFrom } : {}),
          ...(data.appliesWhen ? { appliesWhen: data.appliesWhen } : {}),
          clocks: data.clocks.map(({ id: clock, appliesWhen, within, counting, countedFrom }) => ({
            id: clock,
            ...(appliesWhen ? { appliesWhen } : {}),
            ...(within ? { within } : {}),
            ...(counting ? { counting } : {}),
            ...(countedFrom ? { countedFrom } : {}),
          })),
        }),
      ),
  };
}
