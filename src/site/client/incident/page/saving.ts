/** Files of the record: saving it, and taking another one in. */

import { momentOf } from '../../../../model/incident/record.ts';
import { csvOf, markdownOf, namesOf } from '../../../../model/incident/report.ts';
import { button, make } from '../elements.ts';
import { saveFile, saveRecord } from '../files.ts';
import { loadPlan, runbooksInUse } from '../plan.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';
import { fileField } from './fields.ts';
import { formsInUse } from './view.ts';

export function filesOf(session: Session): HTMLElement {
  const said = make('p', { role: 'status', class: 'incident-told' });
  const saving = (label: string, save: () => string | Promise<string>) =>
    button(label, async () => {
      said.textContent = text.saved(await save());
    });
  const timeline = async (form: 'md' | 'csv') => {
    const { state } = session;
    const forms = await formsInUse(state);
    const names = namesOf(await loadPlan(), await runbooksInUse(state), forms?.forms);
    return saveFile(state.name, form, (form === 'md' ? markdownOf : csvOf)(state, names, text));
  };
  return make(
    'div',
    {},
    make('p', { class: 'small quiet' }, text.filesHint),
    make(
      'p',
      { class: 'incident-buttons' },
      saving(text.asJson, () => saveRecord(session)),
      saving(text.asMarkdown, () => timeline('md')),
      saving(text.asCsv, () => timeline('csv')),
    ),
    said,
    fileField(text.importFile, text.importHint, async (record) => {
      if (record.incident !== session.record.incident) {
        await session.store.add(record.incident, record.entries);
        await session.store.setMergedAt(record.incident, momentOf(new Date()));
        return text.importedOther;
      }
      const before = session.record.entries.length;
      await session.store.setMergedAt(record.incident, momentOf(new Date()));
      await session.takeIn(record.entries);
      return text.imported(session.record.entries.length - before);
    }),
  );
}
