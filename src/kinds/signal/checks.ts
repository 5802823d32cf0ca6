import { nearestName } from '../../model/nearest-name.ts';
import type { DocumentCheck } from '../kind.ts';

/** A signal is found through its group on the home page: one in no group would be shown nowhere. */
export function checkSignal({ plan, document, report }: DocumentCheck<'signal'>): void {
  const groups = plan.settings.signalGroups.map((group) => group.id);
  const { group } = document.data;
  if (!groups.includes(group))
    report(
      'not-allowed-value',
      { property: 'group', of: 'The signal', value: group, allowed: groups, nearest: nearestName(group, groups) },
      '/group',
    );
}
