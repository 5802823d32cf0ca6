import { nearestName } from '../../model/nearest-name.ts';
import type { AppliesWhen, NotificationData } from '../../model/schema-types.ts';
import type { DocumentCheck } from '../kind.ts';

type Check = DocumentCheck<'notification'>;
type Clock = NotificationData['clocks'][number];

const lists = ['jurisdictions', 'organisations', 'data', 'findings'] as const;

/** The facts that a notification asks for are facts of the plan, and each clock with a length can start. */
export function checkNotification(check: Check): void {
  const { clocks, appliesWhen } = check.document.data;
  checkCases(check, appliesWhen, '/appliesWhen');
  const names = new Set<string>();
  clocks.forEach((clock, index) => {
    const pointer = `/clocks/${index}`;
    if (names.has(clock.id)) check.report('duplicate-id', { name: clock.id }, `${pointer}/id`);
    names.add(clock.id);
    checkCases(check, clock.appliesWhen, `${pointer}/appliesWhen`);
    checkStart(check, clock, pointer);
  });
  checkCircles(check, clocks);
}

function checkCases({ plan, report }: Check, cases: AppliesWhen | undefined, pointer: string): void {
  cases?.forEach((each, index) => {
    for (const list of lists)
      each[list]?.forEach((name, place) => {
        const known = (plan.settings.incidentFacts?.[list] ?? []).map(({ id }) => id);
        if (!known.includes(name))
          report(
            'unknown-fact',
            { name, list, nearest: nearestName(name, known), known },
            `${pointer}/${index}/${list}/${place}`,
          );
      });
    const { atLeast, fewerThan } = each.people ?? {};
    if (atLeast !== undefined && fewerThan !== undefined && atLeast >= fewerThan)
      report('threshold-impossible', { atLeast, fewerThan }, `${pointer}/${index}/people`);
  });
}

function checkStart({ plan, document, report }: Check, clock: Clock, pointer: string): void {
  const { within, countedFrom } = clock;
  if (!countedFrom) {
    if (within) report('clock-without-start', { name: clock.id, within }, `${pointer}/within`);
    return;
  }
  const place = `${pointer}/countedFrom`;
  const { event, finding, clock: before } = countedFrom;
  if (event === 'finding') {
    const known = (plan.settings.incidentFacts?.findings ?? []).map(({ id }) => id);
    if (finding === undefined) report('missing-property', { property: 'finding', of: 'The start' }, place);
    else if (!known.includes(finding))
      report(
        'unknown-fact',
        { name: finding, list: 'findings', nearest: nearestName(finding, known), known },
        `${place}/finding`,
      );
  }
  if (event === 'sent' || event === 'due') {
    const known = document.data.clocks.map(({ id }) => id).filter((id) => id !== clock.id);
    if (before === undefined) report('missing-property', { property: 'clock', of: 'The start' }, place);
    else if (before !== clock.id && !known.includes(before))
      report('unknown-clock', { name: before, nearest: nearestName(before, known), known }, `${place}/clock`);
  }
}

/** Each circle is told once, at its first clock. */
function checkCircles({ report }: Check, clocks: readonly Clock[]): void {
  const told = new Set<string>();
  clocks.forEach((first, index) => {
    const path: string[] = [];
    for (let at: Clock | undefined = first; at && !path.includes(at.id); ) {
      path.push(at.id);
      const before: string | undefined = at.countedFrom?.clock;
      if (before === first.id && !told.has(first.id)) {
        for (const id of path) told.add(id);
        report('circular-clocks', { clocks: path }, `/clocks/${index}/countedFrom/clock`);
      }
      at = clocks.find(({ id }) => id === before);
    }
  });
}
