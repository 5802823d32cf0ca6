import { identifyingIn } from '../../model/identifying.ts';
import { hostsOf } from '../../model/own-hosts.ts';
import { rangeIn } from '../governed.ts';
import type { DocumentCheck } from '../kind.ts';

/** What a lesson holds of its own: names of items, confirmations, and what git must not keep. */
export function checkLesson(check: DocumentCheck<'lesson'>): void {
  checkItems(check);
  checkIdentifying(check);
}

function checkItems({ document, report }: DocumentCheck<'lesson'>): void {
  const { actionItems = [], changes = [] } = document.data;
  const seen = new Set<string>();
  const unique = (id: string, pointer: string) => {
    if (seen.has(id)) report('duplicate-id', { name: id }, `${pointer}/id`);
    seen.add(id);
  };
  actionItems.forEach(({ id }, index) => {
    unique(id, `/actionItems/${index}`);
  });
  changes.forEach((change, index) => {
    const pointer = `/changes/${index}`;
    unique(change.id, pointer);
    if (change.confirmed && change.applied === undefined)
      report('missing-property', { property: 'applied', of: 'The confirmed change' }, `${pointer}/confirmed`);
    if (change.do !== 'set') return;
    if (change.value === undefined && !change.remove)
      report('missing-property', { property: 'value', of: 'The change' }, pointer);
    if (change.value !== undefined && change.remove)
      report(
        'unknown-property',
        { property: 'remove', of: 'A change that sets a value', known: ['value'] },
        `${pointer}/remove`,
      );
  });
}

function checkIdentifying({ plan, document, source, report }: DocumentCheck<'lesson'>): void {
  const { actionItems = [], changes = [], approvals, sources, exercise } = document.data;
  const allowed = [
    ...(approvals ? ['/approvals'] : []),
    ...(sources ? ['/sources'] : []),
    ...(exercise ? ['/exercise'] : []),
    ...actionItems.flatMap(({ tracked }, index) => (tracked ? [`/actionItems/${index}/tracked`] : [])),
    ...changes.flatMap(({ confirmed }, index) =>
      (['exercise', 'ticket'] as const).flatMap((name) =>
        confirmed?.[name] ? [`/changes/${index}/confirmed/${name}`] : [],
      ),
    ),
  ];
  // At equal length, so that places are those of the file.
  let text = source.replace(/\bsha256-[0-9a-f]{64}\b|\{[\w.]+\}/g, (found) => ' '.repeat(found.length));
  for (const pointer of allowed) {
    const { start, end } = document.rangeOf(pointer);
    text = text.slice(0, start.offset) + ' '.repeat(end.offset - start.offset) + text.slice(end.offset);
  }
  for (const { what, text: found, offset } of identifyingIn(text, hostsOf(plan.settings)))
    report('lesson-identifies', { what, text: found }, rangeIn(source, offset, found.length));
}
