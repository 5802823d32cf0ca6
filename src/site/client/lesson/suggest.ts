/** The form of a suggestion: one change of one step, or of one part of an action, which becomes a lesson and goes the way of every lesson. */

import { identifyingIn } from '../../../model/identifying.ts';
import type { IncidentStep, RunbookSteps } from '../../../model/incident/steps.ts';
import {
  type ActionParts,
  type SuggestedPlace,
  type Suggestion,
  suggestionLesson,
} from '../../../model/lesson-suggestion.ts';
import { lessonText } from '../../../model/lesson-text.ts';
import { actionPartsPath } from '../../incident-paths.ts';
import incidentSheet from '../../styles/incident.css?url';
import lessonSheet from '../../styles/lesson.css?url';
import { button, field, make, redraw } from '../incident/elements.ts';
import { fault } from '../incident/field-fault.ts';
import { loadPlan, read, runbookHere } from '../incident/plan.ts';
import { loadSheet } from '../late-sheet.ts';
import { type Given, proposeDialog } from './propose.ts';

const text = lessonText(document.documentElement.lang);
const { base = '/' } = document.documentElement.dataset;

/** What the form is about. */
interface Asked {
  /** What it is called when it is spoken of: `RW 5`. */
  name: string;
  /** Empty where the files of the site cannot be had. */
  places: readonly SuggestedPlace[];
  /** Reference of the place that is meant first; default: the first. */
  meant?: string | undefined;
  /** Id of the runbook in which it is read. */
  runbook?: string | undefined;
  /** The role that does it now. */
  role?: string | undefined;
  /** The action whose parts are among the places. */
  action?: ActionParts | undefined;
}

/** Asks for a change of a step of this page, or of a part of the action that it uses, and hands it on to be proposed. */
export async function suggest(stepId: string): Promise<void> {
  const path = location.pathname.slice(base.length);
  const [runbook, digests] = await Promise.all([runbookHere(), read<Record<string, string>>(`${path}digests.json`)]);
  const step = runbook?.steps.find(({ id }) => id === stepId);
  const action = step?.action ? await read<ActionParts>(actionPartsPath(step.action)) : undefined;
  const isWhole = step !== undefined && (step.action === undefined || action !== undefined);
  const places = runbook && isWhole ? placesOf(runbook, step, digests ?? {}, action) : [];
  // Whoever followed the letter of a part means that part.
  const named = decodeURIComponent(location.hash.slice(1)).split(`${stepId}--`)[1];
  await ask({
    name: `${runbook?.code} ${step?.number}`,
    places: places[0]?.digest ? places : [],
    meant: `action:${step?.action}#${named}`,
    runbook: runbook?.id,
    role: step?.roles[0],
    action,
  });
}

/** Asks for a change of a part of an action, on the page of the action. */
export async function suggestPart(id: string, part: string): Promise<void> {
  const action = await read<ActionParts>(actionPartsPath(id));
  const parts = action?.parts ?? [];
  const taken = parts.map((other) => other.id);
  const nameOf = (letter: string) => `${action?.title ?? id}, ${letter}`;
  await ask({
    name: nameOf(parts.find((other) => other.id === part)?.letter ?? part),
    places: parts.map(({ id: own, letter, text: said, digest }) => ({
      ref: `action:${id}#${own}`,
      name: nameOf(letter),
      text: said,
      digest,
      taken,
    })),
    meant: `action:${id}#${part}`,
    action,
  });
}

async function ask({ name, places, meant, runbook, role: present, action }: Asked): Promise<void> {
  const [plan, given] = await Promise.all([
    loadPlan(),
    read<Given>('_firebreak/lessons.json'),
    loadSheet(incidentSheet),
    loadSheet(lessonSheet),
  ]);
  const dialog = make('dialog', { class: 'lesson-propose', 'aria-labelledby': 'suggest-title' });
  dialog.addEventListener('close', () => dialog.remove());
  const close = button(text.cancel, () => dialog.close());
  const title = make('h2', { id: 'suggest-title' }, text.suggest.title(name));
  if (places.length === 0 || !given) {
    // The one-file copy and a page without a network have none of it.
    dialog.append(title, make('p', {}, text.suggest.missing), close);
  } else {
    const isPartOf = ({ ref }: SuggestedPlace) => ref.startsWith('action:');
    const about = make(
      'select',
      { autocomplete: 'off' },
      places.map((one) =>
        make(
          'option',
          { value: one.ref },
          (isPartOf(one) ? text.suggest.part : text.suggest.wholeStep)(one.name, one.text),
        ),
      ),
    );
    if (places.some(({ ref }) => ref === meant)) about.value = meant ?? '';
    const place = () => places.find(({ ref }) => ref === about.value) ?? (places[0] as SuggestedPlace);
    const isPart = () => isPartOf(place());
    const quote = make('blockquote', {});
    const reach = make('p', { class: 'small' });
    const what = make('select', { autocomplete: 'off' });
    const words = make('textarea', { rows: '3', spellcheck: 'true', autocomplete: 'off' });
    const role = make(
      'select',
      { autocomplete: 'off' },
      plan.roles.map(({ id, title: name }) => make('option', { value: id, selected: id === present }, name)),
    );
    const why = make('textarea', { rows: '3', spellcheck: 'true', autocomplete: 'off' });
    const [wordsField, roleField] = [
      field(text.suggest.text, words, text.suggest.textHint),
      field(text.suggest.role, role),
    ];
    const finds = make('div', { role: 'status' });
    const isNew = () => what.value === 'before' || what.value === 'after';
    const drawn = () => {
      wordsField.hidden = what.value === 'retire';
      roleField.hidden = !isNew() || isPart();
      const found = identifyingIn(`${words.value}\n${why.value}`, given.hosts);
      redraw(
        finds,
        found.length > 0 &&
          make('p', {}, text.finds(found.length), ' ', found.map(({ text: name }) => name).join(', ')),
      );
    };
    const chosen = () => {
      // What was typed stays; the sentence of today is no wording of a new step.
      const isOurs = words.value === '' || places.some(({ text: said }) => said === words.value);
      if (isOurs) words.value = what.value === 'reword' ? place().text : '';
      drawn();
    };
    const turned = () => {
      const kinds = (['reword', 'before', 'after', 'retire'] as const)
        // What an action says is said in the action, for all that use it.
        .filter((kind) => kind !== 'reword' || isPart() || !action);
      const before = what.value;
      what.replaceChildren(
        ...kinds.map((kind) =>
          make('option', { value: kind }, (isPart() ? text.suggest.partKinds : text.suggest.kinds)[kind]),
        ),
      );
      if (kinds.some((kind) => kind === before)) what.value = before;
      quote.textContent = place().text;
      reach.hidden = !isPart();
      reach.textContent = isPart() && action ? reachOf(action, runbook) : '';
      chosen();
    };
    about.addEventListener('change', turned);
    what.addEventListener('change', chosen);
    for (const control of [words, why]) control.addEventListener('input', drawn);
    const goOn = () => {
      const said = words.value.trim();
      const lacksWords = what.value !== 'retire' && (said === '' || said === place().text);
      fault(words, lacksWords ? text.suggest.textMissing : '');
      fault(why, why.value.trim() === '' ? text.suggest.whyMissing : '');
      if (lacksWords || why.value.trim() === '') return;
      const suggestion: Suggestion = {
        place: place(),
        ...(runbook === undefined ? {} : { runbook }),
        what: what.value as Suggestion['what'],
        text: words.value,
        role: role.value,
        why: why.value,
        today: new Date().toISOString().slice(0, 10),
      };
      const { name: file, data } = suggestionLesson(suggestion, text);
      void import('./lesson-yaml.ts').then(({ stringify }) => {
        proposeDialog({ given, file: `${file}.yaml`, lesson: stringify(data, { lineWidth: 110 }), isHeld: false });
      });
    };
    dialog.append(
      title,
      places.length > 1 ? field(text.suggest.about, about) : '',
      quote,
      reach,
      field(text.suggest.what, what),
      wordsField,
      roleField,
      field(text.suggest.why, why, text.textHint),
      finds,
      make('p', { class: 'incident-buttons' }, button(text.suggest.goOn, goOn, { class: 'button-main' }), close),
    );
    turned();
  }
  document.body.append(dialog);
  dialog.showModal();
}

/** Which other runbooks a change of an action reaches. */
function reachOf({ title, runbooks }: ActionParts, here: string | undefined): string {
  const others = runbooks.filter(({ id }) => id !== here).map((runbook) => runbook.title);
  return here === undefined ? text.suggest.ofActionHere(others) : text.suggest.ofAction(title, others);
}

/** What can be suggested a change of: the step, and the parts of the action that it uses. */
function placesOf(
  { id, code, steps }: RunbookSteps,
  step: IncidentStep,
  digests: Record<string, string>,
  action: ActionParts | undefined,
): SuggestedPlace[] {
  const ref = `runbook:${id}#${step.id}`;
  const name = `${code} ${step.number}`;
  const taken = (action?.parts ?? []).map((part) => part.id);
  return [
    { ref, name, text: step.text, digest: digests[ref] ?? '', taken: steps.map((other) => other.id) },
    ...(action?.parts ?? []).map((part) => ({
      ref: `action:${step.action}#${part.id}`,
      name: `${name}${part.letter}`,
      text: part.text,
      digest: part.digest,
      taken,
    })),
  ];
}
