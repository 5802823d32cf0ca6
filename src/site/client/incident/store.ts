/** Keeps records in this browser, and tells other tabs of new entries. */

import { canonicalEntry } from '../../../model/incident/record.ts';
import type { IncidentEntry } from '../../../model/schema-types.ts';
import { aheadOf, type Draft, dropAhead, randomDigits, wipeAhead, writeAhead } from './ahead.ts';
import { answer, kept, lastAnswer } from './database.ts';
import { scope } from './pointer.ts';

/**
 * What the database holds, each by the incident and a name of its own:
 *
 * - `entries` by the whole of the entry, so that writing one twice changes nothing and none takes another's place;
 * - `drafts`, what is being typed, by field; empty ones stay, so that what stands ahead and is older does not come back;
 * - `device`, what this device knows for itself: its id, and when it last took in a file.
 */
const parts = ['entries', 'drafts', 'device'] as const;
type Part = (typeof parts)[number];

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
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const part of parts) opening.result.createObjectStore(part);
  };
  const database = await answer(opening);
  // A tab of a later version must not wait for this one.
  database.onversionchange = () => database.close();
  return storeIn(database, await deviceIn(database));
}

async function deviceIn(database: IDBDatabase): Promise<string> {
  const known = await lastAnswer<string | undefined>(
    database.transaction('device').objectStore('device').get(['', 'id']),
  );
  if (known) return known;
  // In one transaction, so that two tabs that start together agree.
  const store = database.transaction('device', 'readwrite').objectStore('device');
  const device = (await answer<string | undefined>(store.get(['', 'id']))) ?? randomDigits(8);
  await lastAnswer(store.put(device, ['', 'id']));
  return device;
}

const of = (incident: string) => IDBKeyRange.bound([incident], [incident, []]);

/** Which of two drafts of a field holds. */
function later(ahead: Draft | undefined, kept: Draft | undefined): Draft | undefined {
  return ahead && ahead.at > (kept?.at ?? 0) ? ahead : kept;
}

function storeIn(database: IDBDatabase, device: string): Store {
  const reading = (part: Part) => database.transaction(part).objectStore(part);
  // On the disk at once, but for what changes with every key.
  const writing = (part: Part) =>
    database.transaction(part, 'readwrite', part === 'drafts' ? {} : { durability: 'strict' }).objectStore(part);
  const draftOf = (store: IDBObjectStore, incident: string, field: string) =>
    answer<Draft | undefined>(store.get([incident, field]));
  const add = async (incident: string, entries: readonly IncidentEntry[]) => {
    const store = writing('entries');
    for (const entry of entries) store.put(entry, [incident, canonicalEntry(entry)]);
    store.transaction.commit();
    await kept(store);
    for (const { id } of entries) dropAhead(incident, 'entry', id);
  };
  return {
    device,
    incidents: async () => {
      const store = reading('entries');
      const [keys, entries] = await Promise.all([
        answer(store.getAllKeys()),
        lastAnswer<IncidentEntry[]>(store.getAll()),
      ]);
      return Map.groupBy(entries, (_, index) => (keys[index] as [string, string])[0]);
    },
    entries: async (incident) => {
      // Before the database: what another tab keeps meanwhile is ahead no more when that has answered.
      const ahead = aheadOf<IncidentEntry>(incident, 'entry').values();
      return [...(await lastAnswer<IncidentEntry[]>(reading('entries').getAll(of(incident)))), ...ahead];
    },
    add,
    draft: async (incident, field) =>
      later(
        aheadOf<Draft>(incident, 'draft').get(field),
        await lastAnswer<Draft | undefined>(reading('drafts').get([incident, field])),
      )?.text ?? '',
    setDraft: async (incident, field, text) => {
      const draft: Draft = { text, at: Date.now() };
      writeAhead(incident, 'draft', field, draft);
      const store = writing('drafts');
      store.put(draft, [incident, field]);
      store.transaction.commit();
      await kept(store);
      dropAhead(incident, 'draft', field, draft.at);
    },
    drafts: async (incident, prefix) => {
      const range = IDBKeyRange.bound([incident, prefix], [incident, `${prefix}\uffff`]);
      const store = reading('drafts');
      const [keys, drafts] = await Promise.all([
        answer(store.getAllKeys(range)),
        lastAnswer<Draft[]>(store.getAll(range)),
      ]);
      const found = new Map(keys.map((key, index) => [(key as [string, string])[1], drafts[index]]));
      for (const [field, draft] of aheadOf<Draft>(incident, 'draft'))
        if (field.startsWith(prefix)) found.set(field, later(draft, found.get(field)));
      return new Map(
        [...found].flatMap(([field, draft]) => (draft?.text ? [[field.slice(prefix.length), draft.text]] : [])),
      );
    },
    dropDraft: async (incident, field, text) => {
      const ahead = aheadOf<Draft>(incident, 'draft').get(field);
      if (ahead && ahead.text !== text) return;
      const store = writing('drafts');
      const ended = kept(store);
      const draft = await draftOf(store, incident, field);
      if (draft?.text === text) store.put({ text: '', at: Date.now() } satisfies Draft, [incident, field]);
      store.transaction.commit();
      await ended;
      if (ahead) dropAhead(incident, 'draft', field, ahead.at);
    },
    mergedAt: (incident) => lastAnswer<string | undefined>(reading('device').get([incident, 'merged'])),
    setMergedAt: async (incident, moment) => {
      await lastAnswer(writing('device').put(moment, [incident, 'merged']));
    },
    takeUp: async (incident) => {
      const entries = [...aheadOf<IncidentEntry>(incident, 'entry').values()];
      if (entries.length > 0) await add(incident, entries);
      for (const [field, draft] of aheadOf<Draft>(incident, 'draft')) {
        const store = writing('drafts');
        const ended = kept(store);
        const known = await draftOf(store, incident, field);
        if (later(draft, known) === draft) store.put(draft, [incident, field]);
        store.transaction.commit();
        await ended;
        dropAhead(incident, 'draft', field, draft.at);
      }
    },
    wipe: async (incident) => {
      wipeAhead(incident);
      const transaction = database.transaction(parts, 'readwrite');
      const stores = parts.map((part) => transaction.objectStore(part));
      for (const store of stores) store.delete(of(incident));
      transaction.commit();
      await kept(stores[0] as IDBObjectStore);
    },
  };
}

/** The line between the tabs of one plan. */
export function openChannel(hear: (message: Message) => void): (message: Message) => void {
  const channel = new BroadcastChannel(`firebreak:incidents:${scope}`);
  channel.addEventListener('message', ({ data }) => hear(data as Message));
  return (message) => channel.postMessage(message);
}
