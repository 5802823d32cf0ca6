/** The record as a file: saved from here, and read from elsewhere. */

import { recordFile, withEntries } from '../../../model/incident/record.ts';
import { csvOf, markdownOf } from '../../../model/incident/report.ts';
import type { IncidentRecord } from '../../../model/schema-types.ts';
import { loadNames } from './plan.ts';
import { type Session, text } from './session.ts';

/** Saves the record, or its timeline, and gives back the file's name. */
export async function save(session: Session, form: 'json' | 'md' | 'csv'): Promise<string> {
  const { state, record } = session;
  const stamp = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '');
  const words = state.name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  const name = `incident-${words || record.incident.slice(0, 8)}-${stamp}Z.${form}`;
  // The record is saved at once, without a look at the plan: it may be the last thing that this page can do.
  const content =
    form === 'json' ? recordFile(record) : (form === 'md' ? markdownOf : csvOf)(state, await loadNames(state), text);
  const types = { json: 'application/json', md: 'text/markdown', csv: 'text/csv' };
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: types[form] }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}

/** Thrown where a file is not a record; the message says why. */
export class NotRecord extends Error {
  override name = 'NotRecord';
}

/** Reads a file as a record. @throws NotRecord */
export async function readRecord(file: Blob): Promise<IncidentRecord> {
  let read: unknown;
  try {
    read = JSON.parse(await file.text());
  } catch {
    throw new NotRecord(text.notJson);
  }
  const { validateRecord } = await import('../../../model/incident/record-validator.ts');
  if (!validateRecord(read)) {
    const { instancePath = '', message = '' } = validateRecord.errors?.[0] ?? {};
    const [, entry, path] = /^\/entries\/(\d+)(.*)$/.exec(instancePath) ?? [];
    throw new NotRecord(
      entry === undefined
        ? `${instancePath} ${message}`.trim()
        : text.entryFault(Number(entry) + 1, path ?? '', message),
    );
  }
  return withEntries(read as IncidentRecord, []);
}
