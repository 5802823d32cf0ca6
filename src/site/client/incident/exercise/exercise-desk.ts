/** The desk of the facilitator: the clock, what comes next, what was told, and how the expected steps go. */

import {
  clockText,
  type Exercise,
  type ExerciseInject,
  type Expectation,
  type ExpectedStep,
  elapsed,
  expectationOf,
  injectsDue,
  isRunning,
  nextInject,
  releases,
  type Verdict,
} from '../../../../model/incident/exercise.ts';
import { instantOf, momentOf } from '../../../../model/incident/record.ts';
import { button, make, redraw } from '../elements.ts';
import { saveRecord } from '../files.ts';
import { fileField } from '../page/fields.ts';
import { address, loadPlan } from '../plan.ts';
import { loadExercise } from '../plan-parts.ts';
import type { Pointer } from '../pointer.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';
import { shortTime } from '../times.ts';
import { breakOff } from './bar.ts';
import { deskOf, words } from './words.ts';

const verdicts = ['done', 'late', 'missed', 'unclear'] as const satisfies readonly Verdict[];

export async function showDesk(session: Session, page: HTMLElement, pointer: Pointer | undefined): Promise<void> {
  const id = page.dataset['exerciseRun'] ?? '';
  const [exercise, plan] = await Promise.all([loadExercise(id), loadPlan()]);
  if (!exercise) return;
  const path = plan.exercises.find((candidate) => candidate.id === id)?.path ?? '';
  const parts = makeDesk(session, path, page);
  deskOf(page).replaceChildren(parts.element);
  const automatic = rememberedBox(parts.automatic, `firebreak:exercise-automatic:${pointer?.incident}`);
  const injects = exercise.injects.map((inject) => ({ inject, place: placeOf(page, inject, session, exercise) }));

  const release = (due: readonly ExerciseInject[]) => {
    if (due.length > 0)
      void session.does(
        ...due.map((inject) => ({
          type: 'inject-released' as const,
          ref: `exercise:${exercise.id}`,
          data: { inject: inject.id },
        })),
      );
  };
  /** With every second: no more than the clock, so that nobody who reads or writes is disturbed. */
  const tick = () => {
    const now = new Date();
    const { state } = session;
    if (automatic.checked && isRunning(state)) release(injectsDue(exercise, state, now));
    parts.clock.textContent = clockText(elapsed(state, now));
    const next = nextInject(exercise, state);
    const left = next ? next.at - elapsed(state, now) : 0;
    const said = next
      ? words.next(
          next.title,
          clockText(next.at),
          left >= 0 ? words.nextIn(clockText(left)) : words.nextLate(clockText(-left)),
        )
      : words.allTold;
    if (parts.next.textContent !== said) parts.next.textContent = said;
  };
  const draw = () => {
    const now = new Date();
    parts.draw(exercise, now, (inject) => release([inject]));
    for (const { inject, place } of injects) place.draw(inject, now, () => release([inject]));
    tick();
  };
  session.onChange(draw);
  setInterval(tick, 1000);
  // Steps become late without anybody doing anything.
  setInterval(draw, 15_000);
  draw();
}

/** A box whose tick outlasts a reload. */
function rememberedBox(box: HTMLInputElement, key: string): HTMLInputElement {
  try {
    box.checked = localStorage.getItem(key) !== 'off';
  } catch {
    box.checked = true;
  }
  box.addEventListener('change', () => {
    try {
      localStorage.setItem(key, box.checked ? 'on' : 'off');
    } catch {
      // It holds for this page.
    }
  });
  return box;
}

function makeDesk(session: Session, path: string, page: HTMLElement) {
  const clock = make('span', { class: 'exercise-clock', role: 'timer', 'aria-label': words.clock });
  const state = make('span', { class: 'tag' });
  const next = make('p', { class: 'exercise-next' });
  const buttons = make('p', { class: 'incident-buttons' });
  const score = make('p', { role: 'status' });
  const ending = make('div', { class: 'exercise-ending' });
  const said = make('p', { role: 'status', class: 'incident-told' });
  const automatic = make('input', { type: 'checkbox', autocomplete: 'off' });
  const print = (what: 'cards' | 'sheet') => {
    page.dataset['print'] = what;
    window.print();
  };
  const element = make(
    'section',
    { 'aria-label': words.clock },
    make('p', { class: 'exercise-time' }, clock, ' ', state),
    next,
    buttons,
    make('label', { class: 'choice-box' }, automatic, ` ${words.automatic}`),
    score,
    make(
      'details',
      { class: 'exercise-more' },
      make('summary', {}, text.files),
      make(
        'p',
        { class: 'incident-buttons' },
        make('a', { class: 'button', href: address(`${path}screen/`), target: '_blank' }, words.screenOpen),
        button(words.cards, () => print('cards')),
        button(words.sheet, () => print('sheet')),
        button(words.share, () => {
          said.textContent = text.saved(saveRecord(session));
        }),
      ),
      said,
      make('p', { class: 'small quiet' }, words.shareHint),
      fileField(words.takeIn, words.takeInHint, async (record) => {
        if (record.incident !== session.record.incident) {
          await session.store.add(record.incident, record.entries);
          return text.importedOther;
        }
        const before = session.record.entries.length;
        await session.store.setMergedAt(record.incident, momentOf(new Date()));
        await session.takeIn(record.entries);
        return text.imported(session.record.entries.length - before);
      }),
    ),
    ending,
  );
  return {
    element,
    clock,
    next,
    automatic,
    draw: (exercise: Exercise, now: Date, tell: (inject: ExerciseInject) => void) => {
      const { state: incident } = session;
      const { ended } = incident.exercise ?? {};
      const runs = isRunning(incident);
      const begun = elapsed(incident, now) > 0 || runs;
      const coming = nextInject(exercise, incident);
      const turn = (running: boolean) => void session.does({ type: 'exercise-clock', data: { running } });
      state.textContent = ended ? words.over : runs ? words.running : words.held;
      redraw(
        buttons,
        !ended &&
          button(runs ? words.hold : begun ? words.goOn : words.begin, () => turn(!runs), {
            class: begun ? '' : 'button-main',
            'data-key': 'clock',
          }),
        !ended &&
          begun &&
          coming &&
          button(words.tellNamed(coming.title), () => tell(coming), { class: 'button-main', 'data-key': 'tell' }),
        !ended && button(words.real, () => void breakOff(session), { class: 'button-danger', 'data-key': 'real' }),
      );
      const all = exercise.injects.flatMap((inject) =>
        inject.expects.map((expected) => expectationOf(incident, inject, expected, now).how),
      );
      score.textContent = words.score(all.filter((how) => how === 'done').length, all.length);
      redraw(
        ending,
        ...(ended
          ? [
              make('p', {}, make('strong', {}, ended.data.why === 'over' ? words.ended : words.realTitle)),
              make(
                'p',
                { class: 'incident-buttons' },
                make(
                  'a',
                  { class: 'button button-main', href: address(`write-lesson/?incident=${incident.incident}`) },
                  words.review,
                ),
                make('a', { class: 'button', href: address('incident/') }, words.record),
                button(words.resume, () => turn(true), { 'data-key': 'resume' }),
              ),
            ]
          : begun
            ? [
                make('p', { class: 'small quiet' }, words.endWhy),
                button(
                  words.end,
                  () =>
                    void session.does(
                      { type: 'exercise-clock', data: { running: false } },
                      { type: 'exercise-ended', data: { why: 'over' } },
                    ),
                  { 'data-key': 'end' },
                ),
              ]
            : []),
      );
    },
  };
}

/** One inject on the page: whether it was told, and how each of its expected steps goes. */
function placeOf(page: HTMLElement, { id }: ExerciseInject, session: Session, exercise: Exercise) {
  const card = page.querySelector<HTMLElement>(`[data-inject="${CSS.escape(id)}"]`) as HTMLElement;
  const told = card.querySelector<HTMLElement>('[data-told]') as HTMLElement;
  const steps = new Map<string, ReturnType<typeof stepRow>>();
  return {
    draw: (inject: ExerciseInject, now: Date, tell: () => void) => {
      const { state } = session;
      const release = releases(state).get(inject.id);
      card.toggleAttribute('data-is-told', release !== undefined);
      card.toggleAttribute('data-is-next', nextInject(exercise, state)?.id === inject.id);
      redraw(
        told,
        release
          ? make('p', { class: 'small' }, words.told(onClock(session, release.at), shortTime(release.at)))
          : !state.exercise?.ended &&
              button(words.tell, tell, { 'data-key': inject.id, 'aria-label': words.tellNamed(inject.title) }),
      );
      for (const expected of inject.expects) {
        const row = steps.get(expected.ref) ?? stepRow(card, session, inject, expected);
        steps.set(expected.ref, row);
        row.draw(expectationOf(state, inject, expected, now));
      }
    },
  };
}

function stepRow(card: HTMLElement, session: Session, inject: ExerciseInject, expected: ExpectedStep) {
  const row = card.querySelector<HTMLElement>(`[data-expected="${CSS.escape(expected.ref)}"]`) as HTMLElement;
  const place = row.querySelector<HTMLElement>('[data-how]') as HTMLElement;
  const said = make('span', { class: 'exercise-said' });
  const verdict = make(
    'select',
    { 'aria-label': words.verdict(expected.name), autocomplete: 'off' },
    make('option', { value: '' }, words.byClock),
    verdicts.map((value) => make('option', { value }, words.how[value])),
  );
  const note = make('input', {
    type: 'text',
    maxlength: '20000',
    autocomplete: 'off',
    placeholder: words.verdictNote,
    'aria-label': `${words.verdictNote}: ${expected.name}`,
    hidden: true,
  });
  const judge = () => {
    const found = verdicts.find((value) => value === verdict.value);
    const about = note.value.trim();
    if (found)
      void session.does({
        type: 'expectation-judged',
        ref: expected.ref,
        data: { inject: inject.id, verdict: found, ...(about ? { note: about } : {}) },
      });
  };
  verdict.addEventListener('change', judge);
  note.addEventListener('change', judge);
  place.replaceChildren(said, verdict, note);
  return {
    draw: ({ how, at, due, judged }: Expectation) => {
      row.dataset['how'] = how;
      const when = at ? words.doneAt(onClock(session, at)) : due ? words.dueAt(onClock(session, due)) : '';
      const sentence = [words.how[how], when].filter(Boolean).join(', ');
      if (said.textContent !== sentence) said.textContent = sentence;
      if (judged && document.activeElement !== verdict) verdict.value = judged.data.verdict;
      // What the facilitator said can be said otherwise, and not unsaid.
      (verdict.options[0] as HTMLOptionElement).disabled = judged !== undefined;
      note.hidden = !judged;
      if (judged && document.activeElement !== note) note.value = judged.data.note ?? '';
    },
  };
}

/** A moment on the clock of the exercise. */
function onClock(session: Session, moment: string | Date): string {
  const at = typeof moment === 'string' ? new Date(instantOf(moment)) : moment;
  const running = elapsed(session.state, new Date());
  const ahead = at.getTime() - Date.now();
  // What is still to come, if the clock goes on from now.
  return clockText(Math.max(0, ahead > 0 ? running + ahead : elapsed(session.state, at)));
}
