/** The hand-over at the end of a shift: one screen, one page of paper, made from the record alone. */

import { correctionOf } from '../../../../model/incident/correction.ts';
import type { DutyLine } from '../../../../model/incident/prefill.ts';
import { instantOf, utcOf } from '../../../../model/incident/record.ts';
import { leadOf, sentenceOf } from '../../../../model/incident/report.ts';
import type { Line } from '../../../../model/incident/state.ts';
import { dueAt, openSteps } from '../../../../model/incident/steps.ts';
import { button, make, redraw } from '../elements.ts';
import { text } from '../record-words.ts';
import { lengthOf, shortTime } from '../times.ts';
import type { View } from './view.ts';

// What fits on one page with room for signatures. The rest is counted, never dropped in silence.
const most = { happened: 7, done: 6, openOfRole: 3, clocks: 5, decisions: 5 };

export function drawHandOver(place: HTMLElement, view: View): void {
  const { session, names } = view;
  const { state, person } = session;
  redraw(
    place,
    make(
      'p',
      { class: 'screen-only' },
      button(
        text.printHandOver,
        () => {
          document.documentElement.dataset['print'] = 'hand-over';
          addEventListener('afterprint', () => delete document.documentElement.dataset['print'], { once: true });
          print();
        },
        { 'data-key': 'print' },
      ),
    ),
    make(
      'article',
      { class: 'hand-over' },
      make(
        'p',
        { class: 'hand-over-head' },
        make('strong', {}, state.name),
        state.priority ? ` ${names.priority(state.priority.entry.data.priority)}.` : '',
        ` ${text.handOverAt(`${utcOf(new Date())} UTC`, person)}`,
      ),
      part(text.whatHappened, happened(view), most.happened, true),
      part(text.whatIsDone, doneLast(view), most.done, true),
      make('h3', {}, text.openAndWhose),
      openByRole(view),
      part(text.clocks, clocksOf(view), most.clocks, false, text.noClocks),
      part(text.decisions, decisionsOf(view), most.decisions, true, text.noDecisions),
      make(
        'dl',
        { class: 'hand-over-signatures' },
        make('dt', {}, text.handedOver),
        make('dd', {}, ''),
        make('dt', {}, text.takenOver),
        make('dd', {}, ''),
      ),
    ),
  );
}

/** A list of at most so many lines; the latest of them, where `last` is set. */
function part(title: string, lines: string[], limit: number, last: boolean, none = ''): HTMLElement {
  const shown = last ? lines.slice(-limit) : lines.slice(0, limit);
  const more = lines.length - shown.length;
  return make(
    'div',
    {},
    make('h3', {}, title),
    lines.length === 0
      ? make('p', { class: 'quiet' }, none || text.nothingYet)
      : make(
          'ul',
          {},
          shown.map((line) => make('li', {}, line)),
          more > 0 && make('li', { class: 'quiet' }, text.andMore(more)),
        ),
  );
}

function lineOf(line: Line, { names }: View): string {
  const { entry } = line;
  const about = 'ref' in entry && entry.ref ? names.reference(entry.ref) : undefined;
  const said = correctionOf(line, text) ?? sentenceOf(entry, names, text);
  return [shortTime(entry.at), about && leadOf(about), said, `(${entry.by})`].filter(Boolean).join(' ');
}

function happened(view: View): string[] {
  const telling = ['note', 'fact', 'priority-set', 'target-added', 'incident-closed'];
  return view.session.state.timeline
    .filter(({ entry }) => telling.includes(entry.type))
    .map((line) => lineOf(line, view));
}

function doneLast(view: View): string[] {
  return [...view.session.state.steps.values()]
    .filter(({ state, option }) => state !== 'open' && option === undefined)
    .map(({ line }) => line)
    .sort((a, b) => (Date.parse(a.entry.at) < Date.parse(b.entry.at) ? -1 : 1))
    .map((line) => `${lineOf(line, view)}${line.reason ? ` ${text.reason(line.reason)}` : ''}`);
}

function decisionsOf(view: View): string[] {
  const decided = view.session.state.timeline
    .filter(({ entry }) => entry.type === 'decision-taken')
    .map((line) => ({
      at: line.entry.at,
      words: `${lineOf(line, view)} ${line.reason ? text.reason(line.reason) : text.noReason}`,
    }));
  const aboutDuties = view.duties.flatMap((duty) =>
    duty.recorded ? [{ at: duty.recorded.at, words: dutyDecision(duty, duty.recorded) }] : [],
  );
  return [...decided, ...aboutDuties].sort((a, b) => instantOf(a.at) - instantOf(b.at)).map(({ words }) => words);
}

/** Whether a duty is met: also a "no" is told, with who decided and why. */
function dutyDecision(
  { title, decision, why, decidedBy }: DutyLine,
  { at, by }: NonNullable<DutyLine['recorded']>,
): string {
  const who = decidedBy ? ` ${text.decidedByWhom(decidedBy)}` : '';
  return `${shortTime(at)} ${title}: ${text.dutyDecisions[decision]}${who} (${by}) ${why ? text.reason(why) : text.noReason}`;
}

function openByRole({ session, runbooks, names }: View): HTMLElement {
  const byRole = new Map<string, string[]>();
  for (const runbook of runbooks)
    for (const step of openSteps(session.state, runbook)) {
      const [role = ''] = step.roles;
      byRole.set(role, [...(byRole.get(role) ?? []), `${runbook.code} ${step.number} ${step.text}`]);
    }
  if (byRole.size === 0) return make('p', { class: 'quiet' }, text.nothingOpen);
  return make(
    'ul',
    { class: 'hand-over-open' },
    [...byRole].map(([role, steps]) => {
      const more = steps.length - most.openOfRole;
      return make(
        'li',
        {},
        make('strong', {}, names.role(role)),
        ` (${session.state.roles.get(role)?.join(', ') ?? text.nobody}): `,
        steps.slice(0, most.openOfRole).join('; '),
        more > 0 ? `; ${text.andMore(more)}` : '',
      );
    }),
  );
}

function isSettled({ sent, decision, why, verdict }: Omit<DutyLine, 'due'>): boolean {
  return sent !== '' || (decision === 'do-not-notify' && why !== '') || verdict === 'does-not-apply';
}

/** Time boxes and deadlines of duties that run, the most urgent first. */
function clocksOf({ session, runbooks, duties }: View): string[] {
  const running = duties.flatMap(({ due, ...duty }) => (due && !isSettled(duty) ? [{ ...duty, due }] : []));
  // What only may apply is many until somebody looked, and would hide what is certain.
  const isFirm = ({ verdict, decision }: (typeof running)[number]) => verdict === 'applies' || decision === 'notify';
  const owed = running
    .filter(isFirm)
    .map(({ title, recipient, due }) => ({ at: due, words: `${title}, ${recipient}` }));
  const perhaps = running.filter((duty) => !isFirm(duty));
  if (perhaps[0]) owed.push({ at: perhaps[0].due, words: text.dutiesMayApply(perhaps.length, perhaps[0].title) });
  return runbooks
    .flatMap((runbook) =>
      openSteps(session.state, runbook).flatMap((step) => {
        const at = dueAt(session.state, runbook, step);
        return at ? [{ at, words: `${runbook.code} ${step.number} ${step.text}` }] : [];
      }),
    )
    .concat(owed)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, words }) => {
      const left = at.getTime() - Date.now();
      return `${words.replace(/\.$/, '')}. ${(left < 0 ? text.overdue : text.due)(shortTime(at), lengthOf(left))}`;
    });
}
