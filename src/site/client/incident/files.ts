/** The record as a file. Part of every page of an open incident, so that it works when nothing more can be loaded. */

import { recordFile } from '../../../model/incident/record.ts';
import type { Session } from './session.ts';

/** Saves the record, and gives back the file's name. */
export function saveRecord({ state, record }: Session): string {
  return saveFile(state.name || record.incident.slice(0, 8), 'json', recordFile(record));
}

const types = { json: 'application/json', md: 'text/markdown', csv: 'text/csv', txt: 'text/plain' };

/**
 * Saves a text under the name of the incident and the present time, and gives back the file's name.
 *
 * @param what it holds, where it is not the record: `indicators-stix`
 */
export function saveFile(incident: string, form: keyof typeof types, content: string, what = ''): string {
  const stamp = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '');
  const words = incident
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  const name = `incident-${words}${what && `-${what}`}-${stamp}Z.${form}`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: types[form] }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}
