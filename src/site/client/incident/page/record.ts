/** The page of the record: what is open and whose, the timeline, the hand-over, and files. */

import { namesOf } from '../../../../model/incident/report.ts';
import { dutyLines } from '../duties.ts';
import { make } from '../elements.ts';
import { loadPlan, runbooksInUse } from '../plan.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';
import { recordLeftDrafts } from '../written-form.ts';
import { drawEnding, drawHold, wipeForm } from './ending.ts';
import { section } from './fields.ts';
import { clockForm, factForm, noteForm, priorityForm, targetForm } from './forms.ts';
import { drawHandOver } from './hand-over.ts';
import { indicatorSection } from './indicators.ts';
import { drawLoops } from './loops.ts';
import { filesOf } from './saving.ts';
import { drawConflicts, drawFacts, drawHead, drawOpen, drawRoles, drawTargets } from './sections.ts';
import { drawTimeline } from './timeline.ts';
import { formsInUse, type View } from './view.ts';

/** So long the page waits to be shown in one piece, in milliseconds. */
const longest = 1500;

/** The open incident. */
export async function showRecord(session: Session, page: HTMLElement): Promise<void> {
  await recordLeftDrafts(session);
  const head = make('div', { class: 'incident-head' });
  const conflicts = make('div');
  const open = make('div');
  const roles = make('div');
  const facts = make('div');
  const targets = make('div');
  const indicators = indicatorSection(session, await loadPlan());
  const timeline = make('div', { class: 'table', tabindex: '0', role: 'group', 'aria-label': text.timeline });
  const handOver = make('div');
  const ending = make('div');
  const loops = make('div');
  const hold = make('div');

  const change = await priorityForm(session);
  const sections = [
    section('note', text.freeNote, noteForm(session)),
    section('open', text.openAndWhose, open),
    section('roles', text.rolesTitle, roles),
    section('facts', text.facts, facts, factForm(session), clockForm(session)),
    section('targets', text.targets, targets, targetForm(session)),
    section('indicators', text.indicators, indicators.element),
    section('timeline', text.timeline, timeline),
    section('hand-over', text.handOver, handOver),
    section('files', text.files, filesOf(session), loops),
    section('close', text.closeTitle, ending, hold, wipeForm(session)),
  ];
  let turn = 0;
  const draw = async () => {
    const mine = ++turn;
    const { state } = session;
    const [plan, runbooks, forms, mergedAt] = await Promise.all([
      loadPlan(),
      runbooksInUse(state),
      formsInUse(state),
      session.store.mergedAt(state.incident),
    ]);
    if (mine !== turn) return;
    const names = namesOf(plan, runbooks, forms?.forms);
    const view: View = { session, plan, runbooks, names, duties: dutyLines(state, forms, plan.timeZone) };
    drawHead(head, view, mergedAt);
    drawConflicts(conflicts, view);
    drawOpen(open, view);
    drawRoles(roles, view);
    drawFacts(facts, view);
    drawTargets(targets, view);
    indicators.draw();
    drawTimeline(timeline, view);
    drawHandOver(handOver, view);
    drawEnding(ending, view);
    drawHold(hold, view);
    await drawLoops(loops, view);
  };
  session.onChange(() => void draw());
  const drawn = draw();
  // What fills in above a button moves it from under the finger. But nobody is kept waiting for what a slow line may bring.
  await Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, longest))]);
  page.replaceChildren(head, change.priority, change.name, jumpsTo(sections), conflicts, ...sections);
  await drawn;
  // The sections were not there yet when the browser looked for the one that the address names.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** The page is ten screens of a phone: whoever wants one section of it must not have to pass the others. */
function jumpsTo(sections: readonly HTMLElement[]): HTMLElement {
  const titles = sections.map((section) => section.querySelector('h2'));
  return make(
    'nav',
    { class: 'incident-jumps', 'aria-label': text.onPage },
    make(
      'ul',
      {},
      titles.map((title) => make('li', {}, make('a', { href: `#${title?.id}` }, title?.textContent ?? ''))),
    ),
  );
}
