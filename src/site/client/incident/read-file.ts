/** A record from a file. */

import { withEntries } from '../../../model/incident/record.ts';
import type { IncidentRecord } from '../../../model/schema-types.ts';
import { text } from './record-words.ts';

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
