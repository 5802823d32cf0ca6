/**
 * The service worker: keeps a whole copy of the site, so that it works when its server does not. A new version is stored
 * beside the old one, file by file and each compared with its digest, and only when all are there is it shown: a
 * download that breaks off, a full disk or a login page in place of a file change nothing. It is served as it is and
 * imports nothing.
 */

interface Manifest {
  title: string;
  commit: string | null;
  committedAt: string | null;
  files: Record<string, string>;
}

/** A version of the site that is on this device. */
interface Stored {
  /** Beginning of the digest of its manifest. */
  id: string;
  commit: string | null;
  committedAt: string | null;
  /** When the last file of it was stored, in milliseconds. */
  storedAt: number;
}

interface State {
  current?: Stored;
  /** The version before: pages that are still open load their scripts from it. */
  before?: string;
  /** When the server last said which version is the newest, in milliseconds. */
  checkedAt?: number;
}

/** What pages are told. */
interface Told extends State {
  what: 'none' | 'storing' | 'ready' | 'unreachable' | 'no-room';
  done?: number;
  all?: number;
}

interface Extendable extends Event {
  waitUntil: (promise: Promise<unknown>) => void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith: (response: Promise<Response>) => void;
}
interface Telling extends Extendable {
  data: unknown;
}
interface Worker {
  registration: { scope: string };
  skipWaiting: () => Promise<void>;
  clients: {
    claim: () => Promise<void>;
    matchAll: (options: object) => Promise<{ postMessage: (message: unknown) => void }[]>;
  };
  addEventListener: (type: string, listener: (event: never) => void) => void;
}

const worker = globalThis as unknown as Worker;
const { scope } = worker.registration;
const prefix = `firebreak offline 1 ${new URL(scope).pathname} `;
const stateName = `${prefix}state`;
const manifestName = 'manifest.json';

/** So many files are fetched at a time: fewer than the six connections of a browser, so that a page never waits. */
const lanes = 3;
/** The server is not asked again sooner, in milliseconds. */
const pause = 20_000;

worker.addEventListener('install', (event: Extendable) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event: Extendable) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', (event: Telling) => {
  if (event.data === 'firebreak:check') event.waitUntil(check());
});

worker.addEventListener('fetch', (event: Fetching) => {
  const { method, url } = event.request;
  if (method !== 'GET' || !url.startsWith(scope)) return;
  const file = fileOf(url);
  if (file !== 'service-worker.js') event.respondWith(answer(event.request, file));
});

/** The name of a file in the manifest: a folder is its page, and what follows a question mark is for scripts. */
function fileOf(url: string): string {
  const path = decodeURIComponent(new URL(url).pathname.slice(new URL(scope).pathname.length));
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

const addressOf = (file: string) => new URL(encodeURI(file), scope).href;

async function answer(request: Request, file: string): Promise<Response> {
  const { current, before } = await readState();
  if (!current) return fetch(request);
  if (file === manifestName) return fetch(request).catch(() => stored(current.id, file) as Promise<Response>);
  const found =
    (await stored(current.id, file)) ??
    // Scripts and the index are named by what they hold: an older one is right for the page that asks for it.
    (before && /^(_firebreak|pagefind)\//.test(file) ? await stored(before, file) : undefined);
  if (found) return found;
  if (await stored(current.id, `${file}/index.html`)) return Response.redirect(`${request.url.split('?')[0]}/`);
  return fetch(request);
}

async function stored(id: string, file: string): Promise<Response | undefined> {
  return (await caches.open(prefix + id)).match(addressOf(file));
}

let checking: Promise<void> | undefined;

/** Asks the server for its version and stores it, unless that is being done already. */
function check(): Promise<void> {
  checking ??= update()
    .catch(async (reason: unknown) => {
      const full = reason instanceof DOMException && reason.name === 'QuotaExceededError';
      await tell({ ...(await readState()), what: full ? 'no-room' : 'unreachable' });
    })
    .finally(() => {
      checking = undefined;
    });
  return checking;
}

async function update(): Promise<void> {
  const state = await readState();
  if (state.current && Date.now() - (state.checkedAt ?? 0) < pause) return tell({ ...state, what: 'ready' });
  const bytes = await (await fetched(manifestName)).arrayBuffer();
  const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
  const id = (await digestOf(bytes)).slice(0, 'sha256-'.length + 16);
  const checkedAt = Date.now();
  if (state.current?.id === id) return saveAndTell({ ...state, checkedAt });
  await removeAllBut([id, state.current?.id, state.before]);
  await store(id, manifest, state.current?.id);
  const cache = await caches.open(prefix + id);
  await cache.put(addressOf(manifestName), new Response(bytes, { headers: { 'content-type': 'application/json' } }));
  const { commit, committedAt } = manifest;
  // From here on the new version is shown.
  await saveAndTell({
    current: { id, commit, committedAt, storedAt: Date.now() },
    ...(state.current ? { before: state.current.id } : {}),
    checkedAt,
  });
  await removeAllBut([id, state.current?.id]);
}

/** Stores every file of a version. What an attempt before has stored, and what has not changed, is not fetched again. */
async function store(id: string, { files }: Manifest, from: string | undefined): Promise<void> {
  const cache = await caches.open(prefix + id);
  const old = from ? await caches.open(prefix + from) : undefined;
  const oldManifest = (await (await old?.match(addressOf(manifestName)))?.json()) as Manifest | undefined;
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const names = Object.keys(files);
  let done = 0;
  const queue = names.values();
  const lane = async () => {
    for (const name of queue) {
      const address = addressOf(name);
      if (!there.has(address)) {
        const digest = files[name] as string;
        const same = oldManifest?.files[name] === digest ? await old?.match(address) : undefined;
        await cache.put(address, same ?? (await verified(name, digest)));
      }
      done += 1;
      if (done % 50 === 0) await tell({ ...(await readState()), what: 'storing', done, all: names.length });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** A file as the manifest has it: a login page or an error in its place is none. */
async function verified(name: string, digest: string): Promise<Response> {
  const response = await fetched(name);
  const bytes = await response.arrayBuffer();
  if ((await digestOf(bytes)) !== digest) throw new Error(`${name} is not what the manifest says.`);
  const type = response.headers.get('content-type');
  return new Response(bytes, { headers: type ? { 'content-type': type } : {} });
}

async function fetched(name: string): Promise<Response> {
  const response = await fetch(addressOf(name.replace(/(^|\/)index\.html$/, '$1')), {
    cache: 'no-cache',
    priority: 'low',
  });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

let known: State | undefined;

async function readState(): Promise<State> {
  known ??= ((await (await (await caches.open(stateName)).match(scope))?.json()) as State | undefined) ?? {};
  return known;
}

async function saveAndTell(state: State): Promise<void> {
  await (await caches.open(stateName)).put(scope, new Response(JSON.stringify(state)));
  known = state;
  await tell({ ...state, what: 'ready' });
}

async function tell(told: Told): Promise<void> {
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true }))
    client.postMessage({ firebreak: told });
}

async function removeAllBut(ids: readonly (string | undefined)[]): Promise<void> {
  const kept = new Set([stateName, ...ids.map((id) => prefix + id)]);
  for (const name of await caches.keys()) if (name.startsWith(prefix) && !kept.has(name)) await caches.delete(name);
}

export type { Told };
