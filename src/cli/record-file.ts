import { readFile } from 'node:fs/promises';
import { withEntries } from '../model/incident/record.ts';
import { validateRecord } from '../model/incident/record-validator.ts';
import type { IncidentRecord } from '../model/schema-types.ts';
import { CannotRun } from './command.ts';

/**
 * The record of an incident or exercise in a file that the site saved.
 *
 * @param shown how the path is shown
 * @throws CannotRun when the file is no such record
 */
export async function recordIn(path: string, shown: string): Promise<IncidentRecord> {
  const content = await readFile(path, 'utf8').catch((reason: Error) => {
    throw new CannotRun(`${shown} cannot be read: ${reason.message}`);
  });
  let record: unknown;
  try {
    record = JSON.parse(content);
  } catch (reason) {
    throw new CannotRun(`${shown} is not JSON: ${(reason as Error).message}`);
  }
  if (!validateRecord(record)) {
    const { instancePath = '', message = '' } = validateRecord.errors?.[0] ?? {};
    throw new CannotRun(`${shown} is not an incident record: ${instancePath || 'as a whole it'} ${message}`);
  }
  return withEntries(record as IncidentRecord, []);
}
