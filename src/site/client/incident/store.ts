/** Keeps records in this browser, and tells other tabs of new entries. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { canonicalEntry } from '../../../model/incident/record.ts';
import type { IncidentEntry } from '../../../model/schema-types.ts';
import { aheadOf, type Draft, dropAhead, randomDigits, wipeAhead, writeAhead } from './ahead.ts';
import { scope } from './pointer.ts';

interface Schema extends DBSchema {
  /** By incident and the whole of the entry, so that writing one twice changes nothing and none takes another's place. */
  entries: { key: [string, string]; value: IncidentEntry };
  /** What is being typed, by incident and field; empty ones stay, so that what stands ahead and is older does not come back. */
  drafts: { key: [string, string]; value: Draft };
  /** What this device knows for itself: its id, and when it last took in a file. */
  device: { key: [string, string]; value: string };
}

/** What tabs tell each other. */
export type Message = { incident: string; entries: IncidentEntry[] } | { wiped: string };

export interface Store {
  /** Id of this device: eight hexadecimal digits. */
  device: string;
  incidents: () => Promise<Map<string, IncidentEntry[]>>;
  /** With those that a page had no time to keep. */
  entries: (incident: string) => Promise<IncidentEntry[]>;
  /** What stood ahead is removed there. Rejects when there is no room. */
  add: (incident: string, entries: readonly IncidentEntry[]) => Promise<void>;
  draft: (incident: string, field: string) => Promise<string>;
  /** Writes ahead before it returns. */
  setDraft: (incident: string, field: string, text: string) => Promise<void>;
  /** The drafts whose fields begin so, by the rest of the name. */
  drafts: (incident: string, prefix: string) => Promise<Map<string, string>>;
  /** Forgets a draft, unless another tab has gone on writing it. */
  dropDraft: (incident: string, field: string, text: string) => Promise<void>;
  mergedAt: (incident: string) => Promise<string | undefined>;
  setMergedAt: (incident: string, moment: string) => Promise<void>;
  /** Keeps what stands ahead, and removes it there. */
  takeUp: (incident: string) => Promise<void>;
  wipe: (incident: string) => Promise<void>;
}

const name = `firebreak:incidents:${scope}`;

/**
 * Opens the store of this plan.
 *
 * @throws where the browser forbids storage, or another tab holds the store in an older form
 */
export async function openStore(): Promise<Store> {
  const database = await openDB<Schema>(name, 1, {
    upgrade(created) {
      for (const store of ['entries', 'drafts', 'device'] as const) created.createObjectStore(store);
    },
    // A tab of a later version must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return storeIn(database, await deviceIn(database));
}

async function deviceIn(database: IDBPDatabase<Schema>): Promise<string> {
  // In one transaction, so that two tabs that start together agree.
  const transaction = database.transaction('device', 'readwrite');
  const known = await transaction.store.get(['', 'id']);
  const device = known ?? randomDigits(8);
  if (!known) await transaction.store.put(device, ['', 'id']);
  await transaction.done;
  return device;
}

const of = (incident: string) => IDBKeyRange.bound([incident], [incident, []]);

/** Which of two drafts of a field holds. */
function later(ahead: Draft | undefined, kept: Draft | undefined): Draft | undefined {
  return ahead && ahead.at > (kept?.at ?? 0) ? ahead : kept;
}

function storeIn(database: IDBPDatabase<Schema>, device: string): Store {
  const keep = async (incident: string, entries: readonly IncidentEntry[]) => {
    const transaction = database.transaction('entries', 'readwrite', { durability: 'strict' });
    const writing = entries.map((entry) => transaction.store.put(entry, [incident, canonicalEntry(entry)]));
    await Promise.all([...writing, transaction.done]);
    for (const { id } of entries) dropAhead(incident, 'entry', id);
  };
  return {
    device,
    incidents: async () => {
      const [keys, entries] = await Promise.all([database.getAllKeys('entries'), database.getAll('entries')]);
      const found = new Map<string, IncidentEntry[]>();
      keys.forEach(([incident], index) => {
        found.set(incident, [...(found.get(incident) ?? []), entries[index] as IncidentEntry]);
      });
      return found;
    },
    entries: async (incident) => [
      ...(await database.getAll('entries', of(incident))),
      ...aheadOf<IncidentEntry>(incident, 'entry').values(),
    ],
    add: keep,
    draft: async (incident, field) => {
      const kept = await database.get('drafts', [incident, field]);
      return later(aheadOf<Draft>(incident, 'draft').get(field), kept)?.text ?? '';
    },
    setDraft: async (incident, field, text) => {
      const draft: Draft = { text, at: Date.now() };
      writeAhead(incident, 'draft', field, draft);
      await database.put('drafts', draft, [incident, field]);
      dropAhead(incident, 'draft', field, draft.at);
    },
    drafts: async (incident, prefix) => {
      const range = IDBKeyRange.bound([incident, prefix], [incident, `${prefix}\uffff`]);
      const transaction = database.transaction('drafts');
      const [keys, kept] = await Promise.all([transaction.store.getAllKeys(range), transaction.store.getAll(range)]);
      const found = new Map(keys.map(([, field], index) => [field, kept[index]]));
      for (const [field, draft] of aheadOf<Draft>(incident, 'draft'))
        if (field.startsWith(prefix)) found.set(field, later(draft, found.get(field)));
      return new Map(
        [...found].flatMap(([field, draft]) => (draft?.text ? [[field.slice(prefix.length), draft.text]] : [])),
      );
    },
    dropDraft: async (incident, field, text) => {
      const ahead = aheadOf<Draft>(incident, 'draft').get(field);
      if (ahead && ahead.text !== text) return;
      const transaction = database.transaction('drafts', 'readwrite');
      if ((await transaction.store.get([incident, field]))?.text === text)
        await transaction.store.put({ text: '', at: Date.now() }, [incident, field]);
      await transaction.done;
      if (ahead) dropAhead(incident, 'draft', field, ahead.at);
    },
    mergedAt: (incident) => database.get('device', [incident, 'merged']),
    setMergedAt: async (incident, moment) => {
      await database.put('device', moment, [incident, 'merged']);
    },
    takeUp: async (incident) => {
      const entries = [...aheadOf<IncidentEntry>(incident, 'entry').values()];
      if (entries.length > 0) await keep(incident, entries);
      for (const [field, draft] of aheadOf<Draft>(incident, 'draft')) {
        const transaction = database.transaction('drafts', 'readwrite');
        const kept = await transaction.store.get([incident, field]);
        if (later(draft, kept) !== kept) await transaction.store.put(draft, [incident, field]);
        await transaction.done;
        dropAhead(incident, 'draft', field, draft.at);
      }
    },
    wipe: async (incident) => {
      wipeAhead(incident);
      const transaction = database.transaction(['entries', 'drafts', 'device'], 'readwrite');
      const wiping = (['entries', 'drafts', 'device'] as const).map((store) =>
        transaction.objectStore(store).delete(of(incident)),
      );
      await Promise.all([...wiping, transaction.done]);
    },
  };
}

/** The line between the tabs of one plan. */
export function openChannel(hear: (message: Message) => void): (message: Message) => void {
  const channel = new BroadcastChannel(`firebreak:incidents:${scope}`);
  channel.addEventListener('message', ({ data }) => hear(data as Message));
  return (message) => channel.postMessage(message);
}
