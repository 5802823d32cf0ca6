/** A runbook while an incident is open: who did what and when stands at the step, and is recorded from there. */

import { correctionOf } from '../../../model/incident/correction.ts';
import { rolesOf, type StepState } from '../../../model/incident/state.ts';
import {
  dueAt,
  type IncidentStep,
  passedOver,
  type RunbookSteps,
  stepReference,
} from '../../../model/incident/steps.ts';
import { again } from '../again.ts';
import { endEarlyTicks } from './ahead.ts';
import { button, field, make, redraw } from './elements.ts';
import { address } from './plan.ts';
import { type Session, text } from './session.ts';
import { lengthOf, shortTime } from './times.ts';

/** A step on the page, and what is drawn into it. */
interface Place {
  step: IncidentStep;
  ref: string;
  element: HTMLElement;
  box: HTMLInputElement;
  /** Who and when: stays in sight when the step is folded. */
  said: HTMLElement;
  due: HTMLElement;
  /** Notes, and what can be recorded; made when it is asked for. */
  deeds?: { notes: HTMLElement; after: HTMLElement };
}

type DeedHere = 'note' | 'lesson-noted' | 'reason-given' | 'step-skipped' | 'step-unticked';

// Keys that rise on a screen hide what a thumb wants to press: there the cursor goes into a field only when that is tapped.
const thumb = matchMedia('(pointer: coarse)');

/** A button that records what was written, as what it says. */
function deedButton(deed: DeedHere, label: string): HTMLElement {
  return make('button', { type: 'button', 'data-deed': deed, 'data-key': deed }, label);
}

export function followRunbook(session: Session, runbook: RunbookSteps, page: HTMLElement): void {
  const places = runbook.steps.flatMap((step): Place[] => {
    const box = page.querySelector<HTMLInputElement>(`input[data-tick="${CSS.escape(step.id)}"]`);
    const element = box?.closest<HTMLElement>('.step');
    if (!box || !element) return [];
    const said = make('div', { class: 'step-said' });
    const due = make('li', { class: 'step-due' });
    element.querySelector(':scope > .step-head')?.append(said);
    element.querySelector(':scope > .marks')?.append(due);
    return [{ step, ref: stepReference(runbook.id, step.id), element, box, said, due }];
  });
  const digest = runbook.digest ? { digest: runbook.digest } : {};
  const about = (place: Place) => ({ ref: place.ref, ...digest });

  for (const place of places) {
    addDeeds(place);
    if (place.element.querySelector(':scope > .options')) addDecision(place);
    place.box.addEventListener('change', () => recordTick(place));
  }
  // From here on ticks are recorded as they are made; those from before have their own time.
  endEarlyTicks();
  session.takeUp(runbook);
  addMine();
  showTargets();
  session.onChange(draw);
  draw();
  setInterval(drawDue, 10_000);

  /** Where the incident has hosts, accounts or indicators, there is a row for each, and commands offer them. */
  function showTargets(): void {
    const rows = places.flatMap(({ step, ref, element }) => {
      if (!step.targets) return [];
      const link = make('a', { href: address('incident/#targets') }, text.noTargetsYet);
      const place = make('div', { class: 'step-targets' }, make('p', { class: 'small quiet' }, link));
      // Under the detail, whose key stands at the end of the marks.
      (element.querySelector(':scope > .step-detail') ?? element.querySelector(':scope > .marks'))?.after(place);
      return [{ step, ref, place }];
    });
    let shown = false;
    const show = () => {
      if (shown || session.state.targets.length === 0) return;
      shown = true;
      void again(() => import('./targets.ts').then(({ followTargets }) => followTargets)).then((followTargets) =>
        followTargets(session, runbook, rows, page),
      );
    };
    session.onChange(show);
    show();
  }

  function recordTick(place: Place): void {
    const type = place.box.checked ? 'step-ticked' : 'step-unticked';
    void session.does({ type, ...about(place), data: {} });
  }

  function draw(): void {
    const passed = passedOver(session.state, runbook);
    for (const place of places) {
      const known = session.state.steps.get(place.ref);
      const isPassed = passed.has(place.step.id);
      place.box.checked = known?.state === 'done';
      place.element.classList.toggle('step-passed', isPassed);
      place.element.classList.toggle('step-skipped', known?.state === 'skipped');
      redraw(place.said, isPassed && make('p', {}, text.passedOver), ...saidOf(place, known));
      drawNotes(place);
    }
    page.dispatchEvent(new Event('firebreak:ticks'));
    drawDue();
  }

  function saidOf(place: Place, known: StepState | undefined): (Node | false | undefined)[] {
    const conflict = session.state.conflicts.find(({ about: it }) => it.kind === 'step' && it.name === place.ref);
    const notes = session.state.notes.get(place.ref) ?? [];
    const line = known?.line;
    const entry = line?.entry;
    if (!known || !line || !entry) return [];
    return [
      make('p', {}, describe(place, entry), line.reason ? ` ${text.reason(line.reason)}` : ''),
      whereTo(place, known),
      notes.length > 0 && known.state !== 'open' && make('p', { class: 'quiet' }, text.notes(notes.length)),
      conflict !== undefined &&
        make(
          'div',
          { class: 'step-conflict' },
          make('p', {}, make('strong', {}, text.inConflict)),
          make(
            'ul',
            {},
            conflict.entries.map((other) => make('li', {}, describe(place, other))),
          ),
          make('p', {}, text.settle),
        ),
    ];
  }

  /** Where the answer leads, since the options fold with the decision. */
  function whereTo({ element }: Place, { option }: StepState): Node | undefined {
    return element.querySelector(`[data-option="${CSS.escape(option ?? '')}"] > .option-to`)?.cloneNode(true);
  }

  function describe(place: Place, entry: StepState['line']['entry']): string {
    const { by, type, data } = entry;
    const time = shortTime(entry.at);
    if (type === 'decision-taken')
      return text.decided(place.step.options?.find(({ id }) => id === data.option)?.answer ?? data.option, time, by);
    if (type === 'step-ticked' && data.timeUnknown) return text.doneBefore(by);
    const words = type === 'step-skipped' ? text.skipped : type === 'step-unticked' ? text.takenBack : text.done;
    return words(time, by);
  }

  /** "Note, skip" under the number; what it opens stands above the detail, which may be screens long. */
  function addDeeds(place: Place): void {
    const { element, step } = place;
    const panel = make('div', { class: 'step-deeds', id: `deeds-${step.id}`, hidden: true });
    const toggle = make(
      'button',
      { type: 'button', class: 'step-record-button', 'aria-expanded': 'false', 'aria-controls': panel.id },
      text.noteOrSkip,
      make('span', { class: 'visually-hidden' }, `: ${runbook.code} ${step.number}`),
    );
    const show = (shown: boolean) => {
      panel.hidden = !shown;
      toggle.setAttribute('aria-expanded', String(shown));
    };
    const open = () => {
      if (!place.deeds) place.deeds = fillDeeds(place, panel);
      drawNotes(place);
      show(true);
    };
    toggle.addEventListener('click', () => {
      if (!panel.hidden) return show(false);
      open();
      if (!thumb.matches) panel.querySelector('textarea')?.focus();
    });
    element.addEventListener('firebreak:skipped', () => {
      if (!thumb.matches) return;
      show(false);
      toggle.focus({ preventScroll: true });
    });
    (element.querySelector(':scope > .marks') ?? element.querySelector(':scope > .step-head'))?.after(toggle, panel);
    // Who was writing before a crash or a reload finds the words where they were.
    void session.store.draft(session.record.incident, `note ${place.ref}`).then((typed) => typed !== '' && open());
  }

  function fillDeeds(place: Place, panel: HTMLElement): NonNullable<Place['deeds']> {
    const notes = make('ul', { class: 'step-notes plain' });
    const after = make('div', { class: 'incident-buttons' });
    const note = make('textarea', { rows: '2', maxlength: '20000' });
    session.draft(`note ${place.ref}`, note);
    const take = () => {
      const words = note.value.trim();
      note.value = '';
      session.forgetDraft(`note ${place.ref}`);
      return words;
    };
    panel.append(
      notes,
      field(text.noteLabel, note, text.noteHint),
      make(
        'div',
        { class: 'incident-buttons' },
        deedButton('note', text.saveNote),
        deedButton('lesson-noted', text.saveLesson),
        after,
      ),
    );
    panel.addEventListener('click', ({ target }) => {
      const type = (target as HTMLElement).dataset['deed'] as DeedHere | undefined;
      if (!type) return;
      const words = take();
      const of = session.state.steps.get(place.ref)?.line.entry.id ?? '';
      if (type === 'step-skipped' || type === 'step-unticked')
        void session.does({ type, ...about(place), data: words ? { reason: words } : {} });
      else if (words)
        void session.does(
          type === 'reason-given'
            ? { type, data: { of, text: words } }
            : { type, ...about(place), data: { text: words } },
        );
      // Also where the button that was pressed is gone: a reason may follow.
      if (thumb.matches) note.blur();
      else note.focus();
      if (type === 'step-skipped') place.element.dispatchEvent(new Event('firebreak:skipped', { bubbles: true }));
    });
    return { notes, after };
  }

  function drawNotes({ deeds, ref, element }: Place): void {
    const lines = session.state.notes.get(ref) ?? [];
    element.toggleAttribute('data-notes', lines.length > 0);
    if (!deeds) return;
    const known = session.state.steps.get(ref);
    redraw(
      deeds.notes,
      lines.map((line) => {
        const { entry } = line;
        const words =
          entry.type === 'note' ? entry.data.text : entry.type === 'lesson-noted' ? text.lesson(entry.data.text) : '';
        const correction = correctionOf(line, text);
        return make(
          'li',
          {},
          make('span', { class: 'quiet' }, `${shortTime(entry.at)}, ${entry.by}: `),
          correction ? make('del', {}, words) : words,
          correction && ` ${correction}`,
        );
      }),
    );
    const canReason = known && known.state !== 'open' && known.line.entry.type !== 'step-ticked';
    redraw(
      deeds.after,
      known?.state !== 'skipped' && known?.state !== 'done' && deedButton('step-skipped', text.skipNow),
      canReason && deedButton('reason-given', text.reasonLater),
      known !== undefined && known.state !== 'open' && deedButton('step-unticked', text.takeBack),
    );
  }

  function addDecision(place: Place): void {
    const { element, ref } = place;
    const options = element.querySelector(':scope > .options');
    if (!options) return;
    const question = element.querySelector<HTMLElement>(':scope > .step-head .step-instruction');
    if (question) question.id ||= `question-${place.step.id}`;
    for (const option of options.querySelectorAll<HTMLElement>(':scope > .option')) {
      const answer = option.querySelector<HTMLElement>('.option-answer');
      if (!answer) continue;
      answer.id ||= `answer-${place.step.id}-${option.dataset['option']}`;
      option.prepend(
        make('input', {
          type: 'radio',
          name: ref,
          value: option.dataset['option'] ?? '',
          autocomplete: 'off',
          'aria-labelledby': `${question?.id ?? ''} ${answer.id}`,
        }),
      );
      answer.addEventListener('click', () => option.querySelector('input')?.click());
    }
    const reason = make('textarea', { rows: '2', maxlength: '20000' });
    session.draft(`decision ${ref}`, reason);
    const said = make('p', { class: 'field-fault', role: 'status' });
    const decide = button(
      text.decide,
      () => {
        const chosen = options.querySelector<HTMLInputElement>('input:checked');
        said.textContent = chosen ? '' : text.chooseFirst;
        if (!chosen) return options.querySelector('input')?.focus();
        const words = reason.value.trim();
        const data = { option: chosen.value, ...(words ? { reason: words } : {}) };
        reason.value = '';
        session.forgetDraft(`decision ${ref}`);
        void session.does({ type: 'decision-taken', ...about(place), data });
        place.box.focus();
      },
      { class: 'button-main' },
    );
    options.after(make('div', { class: 'step-decide' }, field(text.reasonLabel, reason), decide, said));
    let shown: string | undefined;
    session.onChange(showChosen);
    showChosen();

    function showChosen(): void {
      const option = session.state.steps.get(ref)?.option;
      // A choice that somebody is about to make is left alone.
      if (option === shown) return;
      shown = option;
      for (const input of options?.querySelectorAll<HTMLInputElement>('input') ?? [])
        input.checked = input.value === option;
    }
  }

  function drawDue(): void {
    const { state } = session;
    for (const { step, ref, due, element } of places) {
      const open = (state.steps.get(ref)?.state ?? 'open') === 'open' && !state.closed;
      const at = open ? dueAt(state, runbook, step) : undefined;
      const left = at ? at.getTime() - Date.now() : 0;
      const over = at !== undefined && left < 0;
      const words = !at ? '' : (over ? text.overdue : text.due)(shortTime(at), lengthOf(left));
      element.classList.toggle('step-overdue', over);
      due.hidden = words === '';
      if (due.textContent === words) continue;
      redraw(due, make('span', { class: over ? 'tag tag-overdue' : 'tag' }, words));
    }
  }

  /** "Show me mine": the steps of others stand back; the numbers stay, so that everybody speaks of the same ones. */
  function addMine(): void {
    const said = make('p', { class: 'small quiet', role: 'status' });
    const toggle = button(text.mine, () => {
      const on = toggle.getAttribute('aria-pressed') !== 'true';
      toggle.setAttribute('aria-pressed', String(on));
      show();
    });
    toggle.setAttribute('aria-pressed', 'false');
    const tools = page.querySelector('[data-tick-tools]');
    tools?.querySelector('[role="status"]')?.after(toggle, said);
    session.onChange(show);

    function show(): void {
      const on = toggle.getAttribute('aria-pressed') === 'true';
      const mine = rolesOf(session.state, session.person);
      let hidden = 0;
      for (const { element, step } of places) {
        const other = on && mine.length > 0 && !step.roles.some((role) => mine.includes(role));
        element.classList.toggle('step-of-others', other);
        if (other) hidden += 1;
        // A caution belongs to the step that it stands before.
        for (
          let before = element.previousElementSibling;
          before?.matches('.caution');
          before = before.previousElementSibling
        )
          before.classList.toggle('step-of-others', other);
      }
      said.textContent = !on ? '' : mine.length === 0 ? text.noRole : text.hidden(hidden);
    }
  }
}
