/** What stands in for the store where the browser refuses one; loaded only there. */

import type { IncidentEntry } from '../../../model/schema-types.ts';
import { randomDigits, type Store } from './store.ts';

/** A store that keeps nothing beyond this page, where the browser refuses. */
export function forgetfulStore(): Store {
  const records = new Map<string, IncidentEntry[]>();
  const texts = new Map<string, string>();
  return {
    device: randomDigits(8),
    incidents: async () => records,
    entries: async (incident) => records.get(incident) ?? [],
    add: async (incident, entries) => {
      records.set(incident, [...(records.get(incident) ?? []), ...entries]);
    },
    draft: async (incident, field) => texts.get(`${incident} ${field}`) ?? '',
    setDraft: async (incident, field, text) => {
      texts.set(`${incident} ${field}`, text);
    },
    drafts: async () => new Map(),
    dropDraft: async () => {},
    mergedAt: async (incident) => texts.get(`${incident} merged`),
    setMergedAt: async (incident, moment) => {
      texts.set(`${incident} merged`, moment);
    },
    wipe: async (incident) => {
      records.delete(incident);
    },
  };
}
