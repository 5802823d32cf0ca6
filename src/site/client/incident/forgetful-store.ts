/** What stands in for the store where the browser refuses one; loaded only there. */

import type { IncidentEntry } from '../../../model/schema-types.ts';
import { aheadOf, type Draft, dropAhead, randomDigits, wipeAhead } from './ahead.ts';
import type { Store } from './store.ts';

/** A store that keeps nothing beyond this page, where the browser refuses. */
export function forgetfulStore(): Store {
  const records = new Map<string, IncidentEntry[]>();
  const texts = new Map<string, string>();
  const add = async (incident: string, entries: readonly IncidentEntry[]) => {
    records.set(incident, [...(records.get(incident) ?? []), ...entries]);
    for (const { id } of entries) dropAhead(incident, 'entry', id);
  };
  return {
    device: randomDigits(8),
    incidents: async () => records,
    entries: async (incident) => [
      ...(records.get(incident) ?? []),
      ...aheadOf<IncidentEntry>(incident, 'entry').values(),
    ],
    add,
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
    // What another page wrote ahead is all that outlasts it here.
    takeUp: async (incident) => {
      await add(incident, [...aheadOf<IncidentEntry>(incident, 'entry').values()]);
      for (const [field, { text, at }] of aheadOf<Draft>(incident, 'draft')) {
        texts.set(`${incident} ${field}`, text);
        dropAhead(incident, 'draft', field, at);
      }
    },
    wipe: async (incident) => {
      wipeAhead(incident);
      records.delete(incident);
    },
  };
}
