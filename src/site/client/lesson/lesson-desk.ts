/** Makes the text of a lesson from a record of this device, keeps it as it is typed, and says what does not belong in it. */

import { identifyingIn } from '../../../model/identifying.ts';
import { stateOf } from '../../../model/incident/state.ts';
import { blankLesson, idOf, lessonFrom, pointOf } from '../../../model/lesson-draft.ts';
import { lessonText } from '../../../model/lesson-text.ts';
import type { LessonData } from '../../../model/schema-types.ts';
import { button, field, make, redraw } from '../incident/elements.ts';
import { fault } from '../incident/field-fault.ts';
import { loadPlan, read, runbooksInUse } from '../incident/plan.ts';
import { loadExercise, loadForms } from '../incident/plan-parts.ts';
import { scope } from '../incident/pointer.ts';
import { theStore } from '../incident/session.ts';
import { type Given, proposeDialog } from './propose.ts';
import { saveText } from './save.ts';

const text = lessonText(document.documentElement.lang);
const key = `firebreak:lesson:${scope}`;
const validName = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is kept between visits. */
interface Kept {
  incident: string;
  name: string;
  text: string;
}

/** Draws the desk into the page of lessons. */
export async function showLessonDesk(page: HTMLElement): Promise<void> {
  const given = JSON.parse(page.dataset['writeLesson'] ?? '{}') as Given;
  const { store } = await theStore();
  const records = [...(await store.incidents())]
    .map(([incident, entries]) => stateOf({ schema: 1, incident, entries }))
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const kept = keptHere();
  const asked = new URLSearchParams(location.search).get('incident') ?? kept?.incident ?? records[0]?.incident ?? '';

  const source = make(
    'select',
    { autocomplete: 'off' },
    records.map((state) => make('option', { value: state.incident }, state.name)),
    make('option', { value: '' }, text.blank),
  );
  source.value = records.some(({ incident }) => incident === asked) ? asked : '';
  const name = make('input', { type: 'text', maxlength: '64', autocomplete: 'off', spellcheck: 'false' });
  const lesson = make('textarea', { class: 'lesson-text', rows: '28', spellcheck: 'true', autocomplete: 'off' });
  const paper = make('pre', { class: 'lesson-paper' });
  const finds = make('div', { class: 'lesson-finds', role: 'status' });
  const said = make('p', { role: 'status', class: 'incident-told' });
  name.value = kept?.name ?? '';
  lesson.value = kept?.text ?? '';

  const make_ = make('button', { type: 'button', class: 'button-main' }, text.make);
  const again = make('p', { class: 'small quiet' }, text.makeAgain);
  make_.addEventListener('click', async () => {
    const data = await lessonOf(source.value);
    // Written by a library of some size, which nobody loads who does not write a lesson.
    const { stringify } = await import('./lesson-yaml.ts');
    lesson.value = stringify(data, { lineWidth: 110 });
    if (name.value === '') name.value = idOf(pointOf(data), 'lesson');
    changed();
  });
  const changed = () => {
    paper.textContent = lesson.value;
    again.hidden = lesson.value === '';
    output.hidden = lesson.value === '';
    drawFinds(finds, lesson, given.hosts);
    keep({ incident: source.value, name: name.value, text: lesson.value });
  };
  for (const control of [name, lesson]) control.addEventListener('input', changed);
  source.addEventListener('change', changed);

  const fileName = (): string | undefined => {
    const ok = validName.test(name.value);
    fault(name, ok ? '' : text.nameFault);
    return ok ? `${name.value}.yaml` : undefined;
  };
  const output = make(
    'div',
    {},
    field(text.name, name, text.nameHint),
    field(text.text, lesson, text.textHint),
    paper,
    finds,
    make(
      'p',
      { class: 'incident-buttons' },
      button(text.save, () => {
        const file = fileName();
        if (file) said.textContent = text.saved(saveText(file, lesson.value));
      }),
      button(text.print, () => window.print()),
      button(
        text.propose,
        () => {
          const file = fileName();
          const state = records.find(({ incident }) => incident === source.value);
          if (file) proposeDialog({ given, file, lesson: lesson.value, isHeld: state?.hold !== undefined });
        },
        { class: 'button-main' },
      ),
    ),
    said,
    make('p', { class: 'small quiet' }, text.kept),
  );
  page.replaceChildren(
    make(
      'section',
      { class: 'lesson-source' },
      records.length === 0 ? make('p', { class: 'quiet' }, text.noRecords) : '',
      field(text.source, source),
      make_,
      again,
    ),
    output,
  );
  changed();
  if (lesson.value === '' && new URLSearchParams(location.search).has('incident')) make_.click();

  async function lessonOf(incident: string): Promise<LessonData> {
    const state = records.find((candidate) => candidate.incident === incident);
    const today = new Date().toISOString().slice(0, 10);
    if (!state) return blankLesson(today, text);
    const id = state.exercise?.id;
    const [plan, runbooks, forms, exercise] = await Promise.all([
      loadPlan(),
      runbooksInUse(state),
      loadForms(),
      id ? loadExercise(id) : undefined,
    ]);
    const digests = await Promise.all(
      plan.runbooks
        .filter((runbook) => state.runbooks.includes(runbook.id))
        .map(({ path }) => read<Record<string, string>>(`${path}digests.json`)),
    );
    const all = Object.assign({}, ...digests) as Record<string, string>;
    return lessonFrom(
      {
        state,
        plan,
        runbooks,
        forms: forms?.forms ?? {},
        ...(exercise ? { exercise } : {}),
        digestOf: (reference) => all[reference],
        today,
      },
      text,
    );
  }
}

function drawFinds(finds: HTMLElement, lesson: HTMLTextAreaElement, hosts: readonly string[]): void {
  const written = lesson.value.replace(/\bsha256-[0-9a-f]{64}\b/g, (digest) => ' '.repeat(digest.length));
  const found = written === '' ? [] : identifyingIn(written, hosts);
  redraw(
    finds,
    written !== '' && make('p', {}, text.finds(found.length)),
    found.length > 0 &&
      make(
        'ul',
        {},
        found.slice(0, 30).map(({ what, text: words, offset }) =>
          make(
            'li',
            {},
            button(
              `${words} (${text.findNames[what]}, ${text.line(written.slice(0, offset).split('\n').length)})`,
              () => {
                lesson.focus();
                lesson.setSelectionRange(offset, offset + words.length);
              },
              { class: 'button-quiet', 'data-key': `${offset}` },
            ),
          ),
        ),
      ),
  );
}

function keptHere(): Kept | undefined {
  try {
    const { incident, name, text: words } = JSON.parse(localStorage.getItem(key) ?? 'null') ?? {};
    return typeof words === 'string' ? { incident: String(incident), name: String(name), text: words } : undefined;
  } catch {
    return undefined;
  }
}

function keep(kept: Kept): void {
  try {
    if (kept.text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Without storage it is there as long as the page is.
  }
}
