/** The hand-over at the end of a shift: one screen, one page of paper, made from the record alone. */

import { correctionOf } from '../../../../model/incident/correction.ts';
import { defangedTarget } from '../../../../model/incident/indicators.ts';
import type { DutyLine } from '../../../../model/incident/prefill.ts';
import { instantOf, utcOf } from '../../../../model/incident/record.ts';
import { leadOf, sentenceOf } from '../../../../model/incident/report.ts';
import type { Line } from '../../../../model/incident/state.ts';
import { dueAt, openSteps } from '../../../../model/incident/steps.ts';
import { button, make, redraw } from '../elements.ts';
import { text } from '../record-words.ts';
import { lengthOf, shortTime } from '../times.ts';
import type { View } from './view.ts';

/** One entry of a part, with what it is about before it. */
interface Said {
  lead?: string;
  words: string;
}

interface Part {
  title: string;
  lines: Said[];
  /** How many are shown at most; the rest is counted, never dropped in silence. */
  most: number;
  /** Whether it is the latest that are shown. */
  latest?: true;
  /** Whether it stays as it is, however full the page is. */
  whole?: true;
  /** What stands there without any; `false` for nothing at all, not even the title. */
  none?: string | false;
}

// What a page holds beside its head and the signatures, of A4 as of Letter: lines, and the characters of one.
const paper = { lines: 48, characters: 98 };
/** In characters: somewhat less than two lines of paper. */
const longest = 140;
/** So many entries a list keeps, however full the page is. */
const least = 1;

export function drawHandOver(place: HTMLElement, view: View): void {
  const { session, names } = view;
  const { state, person } = session;
  const parts: Part[] = [
    { title: text.whatHappened, lines: happened(view), most: 7, latest: true },
    // Most incidents have hosts; where none is listed yet, nothing is missing.
    { title: text.belonging, lines: belonging(view), most: 3, whole: true, none: false },
    { title: text.whatIsDone, lines: doneLast(view), most: 6, latest: true },
    {
      title: text.openAndWhose,
      lines: openByRole(view),
      most: Number.POSITIVE_INFINITY,
      whole: true,
      none: text.nothingOpen,
    },
    { title: text.clocks, lines: clocksOf(view), most: 5, none: text.noClocks },
    { title: text.decisions, lines: decisionsOf(view), most: 5, latest: true, none: text.noDecisions },
  ];
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
      fitted(parts).map(drawPart),
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

function shownOf({ lines, most, latest }: Part): Said[] {
  return latest ? lines.slice(-most) : lines.slice(0, most);
}

/** About how many lines of paper a part takes. */
function heightOf(part: Part): number {
  const heading = 1.4;
  const shown = shownOf(part);
  const rows = shown.map(({ lead = '', words }) => Math.ceil((lead.length + words.length) / paper.characters));
  return rows.reduce((sum, row) => sum + row, heading) + (shown.length === part.lines.length ? 0 : 1);
}

/** Takes from the list that takes most, until all of it stands on one page. */
function fitted(parts: readonly Part[]): Part[] {
  const fitting = parts.map((part) => ({ ...part, most: Math.min(part.most, part.lines.length) }));
  for (;;) {
    const all = fitting.reduce((sum, part) => sum + heightOf(part), 0);
    const [largest] = fitting
      .filter(({ whole, most }) => !whole && most > least)
      .sort((a, b) => heightOf(b) - heightOf(a));
    if (all <= paper.lines || !largest) return fitting;
    largest.most -= 1;
  }
}

function drawPart(part: Part): HTMLElement | false {
  const { title, lines, none } = part;
  if (lines.length === 0 && none === false) return false;
  const shown = shownOf(part);
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
          shown.map(({ lead, words }) => make('li', {}, lead !== undefined && make('strong', {}, `${lead} `), words)),
          more > 0 && make('li', { class: 'quiet' }, text.andMore(more)),
        ),
  );
}

/** What somebody wrote, as far as there is room, up to the end of a word. */
function short(words: string): string {
  if (words.length <= longest) return words;
  return `${words.slice(0, longest).replace(/\s+\S*$/, '')} … ${text.wholeInRecord}`;
}

/** Why, whole or cut by itself: the longest question does not take its place. */
function why(reason: string | undefined): string {
  return reason ? text.reason(short(reason)) : text.noReason;
}

/** What the incident is about, in a line a kind: as events these would hide what happened. */
function belonging({ session }: View): Said[] {
  return [...Map.groupBy(session.state.targets, ({ kind }) => kind)].map(([kind, targets]) => ({
    lead: `${text.targetKinds[kind]} (${targets.length}):`,
    words: listed(targets.map(defangedTarget)),
  }));
}

/** As many as fit into two lines, and how many more there are. */
function listed(names: readonly string[]): string {
  let shown = names.length;
  const words = () => names.slice(0, shown).join(', ');
  while (shown > 1 && words().length > longest - text.andMore(names.length).length) shown -= 1;
  return shown < names.length ? `${words()}, ${text.andMore(names.length - shown)}` : words();
}

function lineOf(line: Line, { names }: View): string {
  const { entry } = line;
  const about = 'ref' in entry && entry.ref ? names.reference(entry.ref) : undefined;
  const said = correctionOf(line, text) ?? sentenceOf(entry, names, text);
  return [shortTime(entry.at), about && leadOf(about), said, `(${entry.by})`].filter(Boolean).join(' ');
}

function happened(view: View): Said[] {
  const telling = ['note', 'fact', 'priority-set', 'incident-closed'];
  return view.session.state.timeline
    .filter(({ entry }) => telling.includes(entry.type))
    .map((line) => ({ words: short(lineOf(line, view)) }));
}

function doneLast(view: View): Said[] {
  return [...view.session.state.steps.values()]
    .filter(({ state, option }) => state !== 'open' && option === undefined)
    .map(({ line }) => line)
    .sort((a, b) => (Date.parse(a.entry.at) < Date.parse(b.entry.at) ? -1 : 1))
    .map((line) => ({ words: `${lineOf(line, view)}${line.reason ? ` ${why(line.reason)}` : ''}` }));
}

function decisionsOf(view: View): Said[] {
  const decided = view.session.state.timeline
    .filter(({ entry }) => entry.type === 'decision-taken')
    .map((line) => ({
      at: line.entry.at,
      words: `${lineOf(line, view)} ${why(line.reason)}`,
    }));
  const aboutDuties = view.duties.flatMap((duty) =>
    duty.recorded ? [{ at: duty.recorded.at, words: dutyDecision(duty, duty.recorded) }] : [],
  );
  return [...decided, ...aboutDuties].sort((a, b) => instantOf(a.at) - instantOf(b.at));
}

/** Whether a duty is met: also a "no" is told, with who decided and why. */
function dutyDecision(
  { title, decision, why: reason, decidedBy }: DutyLine,
  { at, by }: NonNullable<DutyLine['recorded']>,
): string {
  const who = decidedBy ? ` ${text.decidedByWhom(decidedBy)}` : '';
  return `${shortTime(at)} ${title}: ${text.dutyDecisions[decision]}${who} (${by}) ${why(reason)}`;
}

/** Roles that somebody holds first: whoever takes over speaks to them. */
function openByRole({ session, runbooks, names }: View): Said[] {
  const byRole = new Map<string, string[]>();
  for (const runbook of runbooks)
    for (const step of openSteps(session.state, runbook)) {
      const [role = ''] = step.roles;
      const words = `${runbook.code} ${step.number} ${step.text.replace(/\.$/, '')}`;
      byRole.set(role, [...(byRole.get(role) ?? []), words]);
    }
  const holders = (role: string) => session.state.roles.get(role)?.join(', ');
  return [...byRole]
    .sort(([a], [b]) => Number(holders(a) === undefined) - Number(holders(b) === undefined))
    .map(([role, steps]) => {
      const shown = steps.slice(0, holders(role) ? 2 : 1).join('; ');
      const more = steps.length - (holders(role) ? 2 : 1);
      return {
        lead: role ? `${names.role(role)} (${holders(role) ?? text.nobody}):` : `${text.nobody}:`,
        words: `${short(shown)}${more > 0 ? `; ${text.andMore(more)}` : ''}`,
      };
    });
}

function isSettled({ sent, decision, why, verdict }: Omit<DutyLine, 'due'>): boolean {
  return sent !== '' || (decision === 'do-not-notify' && why !== '') || verdict === 'does-not-apply';
}

/** Time boxes and deadlines of duties that run, the most urgent first. */
function clocksOf({ session, runbooks, duties }: View): Said[] {
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
      const when = (left < 0 ? text.overdue : text.due)(shortTime(at), lengthOf(left));
      return { words: `${words.replace(/\.$/, '')}. ${when}` };
    });
}
