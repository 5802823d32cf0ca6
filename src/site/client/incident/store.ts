/** Keeps records in this browser, and tells other tabs of new entries. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { canonicalEntry } from '../../../model/incident/record.ts';
import type { IncidentEntry } from '../../../model/schema-types.ts';
import { scope } from './pointer.ts';

interface Schema extends DBSchema {
  /** By incident and the whole of the entry, so that writing one twice changes nothing and none takes another's place. */
  entries: { key: [string, string]; value: IncidentEntry };
  /** What is being typed, by incident and field. */
  drafts: { key: [string, string]; value: string };
  /** What this device knows for itself: its id, and when it last took in a file. */
  device: { key: [string, string]; value: string };
}

/** What tabs tell each other. */
export type Message = { incident: string; entries: IncidentEntry[] } | { wiped: string };

export interface Store {
  /** Id of this device: eight hexadecimal digits. */
  device: string;
  incidents: () => Promise<Map<string, IncidentEntry[]>>;
  entries: (incident: string) => Promise<IncidentEntry[]>;
  /** Rejects when there is no room. */
  add: (incident: string, entries: readonly IncidentEntry[]) => Promise<void>;
  draft: (incident: string, field: string) => Promise<string>;
  setDraft: (incident: string, field: string, text: string) => Promise<void>;
  /** The drafts whose fields begin so, by the rest of the name. */
  drafts: (incident: string, prefix: string) => Promise<Map<string, string>>;
  /** Forgets a draft, unless another tab has gone on writing it. */
  dropDraft: (incident: string, field: string, text: string) => Promise<void>;
  mergedAt: (incident: string) => Promise<string | undefined>;
  setMergedAt: (incident: string, moment: string) => Promise<void>;
  wipe: (incident: string) => Promise<void>;
}

const name = `firebreak:incidents:${scope}`;

/** Hexadecimal digits that nobody can guess. */
export function randomDigits(count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count / 2));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

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

function storeIn(database: IDBPDatabase<Schema>, device: string): Store {
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
    entries: (incident) => database.getAll('entries', of(incident)),
    add: async (incident, entries) => {
      const transaction = database.transaction('entries', 'readwrite', { durability: 'strict' });
      const writing = entries.map((entry) => transaction.store.put(entry, [incident, canonicalEntry(entry)]));
      await Promise.all([...writing, transaction.done]);
    },
    draft: async (incident, field) => (await database.get('drafts', [incident, field])) ?? '',
    setDraft: async (incident, field, text) => {
      if (text === '') await database.delete('drafts', [incident, field]);
      else await database.put('drafts', text, [incident, field]);
    },
    drafts: async (incident, prefix) => {
      const range = IDBKeyRange.bound([incident, prefix], [incident, `${prefix}\uffff`]);
      const transaction = database.transaction('drafts');
      const [keys, texts] = await Promise.all([transaction.store.getAllKeys(range), transaction.store.getAll(range)]);
      return new Map(keys.map(([, field], index) => [field.slice(prefix.length), texts[index] ?? '']));
    },
    dropDraft: async (incident, field, text) => {
      const transaction = database.transaction('drafts', 'readwrite');
      if ((await transaction.store.get([incident, field])) === text) await transaction.store.delete([incident, field]);
      await transaction.done;
    },
    mergedAt: (incident) => database.get('device', [incident, 'merged']),
    setMergedAt: async (incident, moment) => {
      await database.put('device', moment, [incident, 'merged']);
    },
    wipe: async (incident) => {
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
