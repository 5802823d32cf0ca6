/** The form of a suggestion: one change of one step, which becomes a lesson and goes the way of every lesson. */

import { identifyingIn } from '../../../model/identifying.ts';
import { type Suggestion, suggestionLesson } from '../../../model/lesson-suggestion.ts';
import { lessonText } from '../../../model/lesson-text.ts';
import incidentSheet from '../../styles/incident.css?url';
import lessonSheet from '../../styles/lesson.css?url';
import { button, field, make, redraw } from '../incident/elements.ts';
import { fault } from '../incident/field-fault.ts';
import { loadPlan, read, runbookHere } from '../incident/plan.ts';
import { loadSheet } from '../late-sheet.ts';
import { type Given, proposeDialog } from './propose.ts';

const text = lessonText(document.documentElement.lang);
const { base = '/' } = document.documentElement.dataset;

/** Asks for a change of a step of this page, and hands it on to be proposed. */
export async function suggest(stepId: string): Promise<void> {
  const path = location.pathname.slice(base.length);
  const [runbook, plan, digests, given] = await Promise.all([
    runbookHere(),
    loadPlan(),
    read<Record<string, string>>(`${path}digests.json`),
    read<Given>('_firebreak/lessons.json'),
    loadSheet(incidentSheet),
    loadSheet(lessonSheet),
  ]);
  const step = runbook?.steps.find(({ id }) => id === stepId);
  const digest = digests?.[`runbook:${runbook?.id}#${stepId}`];
  const dialog = make('dialog', { class: 'lesson-propose', 'aria-labelledby': 'suggest-title' });
  dialog.addEventListener('close', () => dialog.remove());
  const close = button(text.cancel, () => dialog.close());
  const title = make('h2', { id: 'suggest-title' }, text.suggest.title(`${runbook?.code} ${step?.number}`));
  if (!runbook || !step || !digest || !given) {
    // The one-file copy and a page without a network have none of it.
    dialog.append(title, make('p', {}, text.suggest.missing), close);
  } else {
    const what = make(
      'select',
      { autocomplete: 'off' },
      (['reword', 'before', 'after', 'retire'] as const)
        // What an action says is said in the action, for all that use it.
        .filter((kind) => kind !== 'reword' || !step.action)
        .map((kind) => make('option', { value: kind }, text.suggest.kinds[kind])),
    );
    const words = make('textarea', { rows: '3', spellcheck: 'true', autocomplete: 'off' });
    const role = make(
      'select',
      { autocomplete: 'off' },
      plan.roles.map(({ id, title: name }) => make('option', { value: id, selected: id === step.roles[0] }, name)),
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
      roleField.hidden = !isNew();
      const found = identifyingIn(`${words.value}\n${why.value}`, given.hosts);
      redraw(
        finds,
        found.length > 0 &&
          make('p', {}, text.finds(found.length), ' ', found.map(({ text: name }) => name).join(', ')),
      );
    };
    const chosen = () => {
      // What was typed stays; the sentence of today is no wording of a new step.
      if (words.value === '' || words.value === step.text) words.value = what.value === 'reword' ? step.text : '';
      drawn();
    };
    what.addEventListener('change', chosen);
    for (const control of [words, why]) control.addEventListener('input', drawn);
    const goOn = () => {
      const lacksWords = what.value !== 'retire' && (words.value.trim() === '' || words.value.trim() === step.text);
      fault(words, lacksWords ? text.suggest.textMissing : '');
      fault(why, why.value.trim() === '' ? text.suggest.whyMissing : '');
      if (lacksWords || why.value.trim() === '') return;
      const suggestion: Suggestion = {
        runbook: { id: runbook.id, code: runbook.code, stepIds: runbook.steps.map(({ id }) => id) },
        step,
        digest,
        what: what.value as Suggestion['what'],
        text: words.value,
        role: role.value,
        why: why.value,
        today: new Date().toISOString().slice(0, 10),
      };
      const { name, data } = suggestionLesson(suggestion, text);
      void import('./lesson-yaml.ts').then(({ stringify }) => {
        proposeDialog({ given, file: `${name}.yaml`, lesson: stringify(data, { lineWidth: 110 }), isHeld: false });
      });
    };
    dialog.append(
      title,
      make('blockquote', {}, step.text),
      field(text.suggest.what, what),
      wordsField,
      roleField,
      field(text.suggest.why, why, text.textHint),
      finds,
      make('p', { class: 'incident-buttons' }, button(text.suggest.goOn, goOn, { class: 'button-main' }), close),
    );
    chosen();
  }
  document.body.append(dialog);
  dialog.showModal();
}
