/** The starter plan, indexed and searched with Pagefind itself: what people type, and what they must find. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSearch } from './build-search.ts';
import { incidentPhrases } from './incident-phrases.ts';
import { layPhrases, skilledPhrases } from './phrases.ts';
import { strangersPhrases } from './strangers-phrases.ts';

let built: Awaited<ReturnType<typeof buildSearch>>;
beforeAll(async () => {
  built = await buildSearch();
}, 120_000);
afterAll(() => built.remove());

const found = async (typed: string, filters = {}) =>
  (await built.search.find(typed, filters)).pages.map((page) => new URL(page.url).pathname.replace('/plan/', ''));

describe('the page is among the first three', () => {
  test.each(layPhrases)('%s: %s', async (typed, page) => expect((await found(typed)).slice(0, 3)).toContain(page));
  test.each(skilledPhrases)('%s: %s', async (typed, page) => expect((await found(typed)).slice(0, 3)).toContain(page));
});

test.each([
  ['written from the list of incident types', incidentPhrases],
  ["written by people who don't know the plan", strangersPhrases],
])(
  'of 100 phrases %s 95 lead to the runbook within three hits',
  async (_, phrases) => {
    const all = Object.entries(phrases).flatMap(([id, list]) => list.map((typed) => ({ typed, id })));
    const failed: string[] = [];
    for (const { typed, id } of all) {
      const hits = (await found(typed)).slice(0, 3);
      if (!hits.includes(`runbooks/${id}/`)) failed.push(`${typed}: ${id} is not among ${hits.join(' ')}`);
    }
    expect(1 - failed.length / all.length, failed.join('\n')).toBeGreaterThanOrEqual(0.95);
  },
  60_000,
);

test('in five of six cases it is the very first', async () => {
  const all = [...layPhrases, ...skilledPhrases];
  let first = 0;
  for (const [typed, page] of all) if ((await found(typed))[0] === page) first += 1;
  expect(first / all.length).toBeGreaterThan(5 / 6);
});

test('a runbook that is found by its phrases and by Pagefind stands there once', async () => {
  for (const typed of ['stolen laptop', 'files encrypted', 'T1486']) {
    const pages = await found(typed);
    expect(new Set(pages).size).toBe(pages.length);
  }
});

test('hits are steps, under their page', async () => {
  const { pages } = await built.search.find('capture the memory', { kind: 'runbook' });
  const ransomware = pages.find((page) => page.title === 'Ransomware');
  expect(
    ransomware?.parts.some((part) => part.url.includes('/runbooks/ransomware/#') && /^RW \d+$/.test(part.number ?? '')),
  ).toBe(true);
});

test('filters by kind, phase and priority, one by one and together', async () => {
  expect((await found('isolate', { kind: 'action' })).every((path) => path.startsWith('actions/'))).toBe(true);
  const { pages } = await built.search.find('isolate', { kind: 'runbook', phase: 'containment', priority: 'p1' });
  expect(pages.length).toBeGreaterThan(0);
  expect(pages.flatMap((page) => page.parts).every((part) => part.phase === 'containment')).toBe(true);
  expect(await found('isolate', { kind: 'term', phase: 'recovery' })).toEqual([]);
});

test('the number of a step leads to it', async () => {
  const { pages } = await built.search.find('PH 1', {});
  expect(pages[0]?.parts[0]?.number).toMatch(/^PH 1/);
});

test('the same plan gives the same files, and nothing that the search does not load', async () => {
  const again = await buildSearch();
  try {
    const names = (await readdir(built.folder, { recursive: true })).sort();
    expect((await readdir(again.folder, { recursive: true })).sort()).toEqual(names);
    for (const name of names.filter((path) => /\.\w+$/.test(path)))
      expect(await readFile(join(again.folder, name))).toEqual(await readFile(join(built.folder, name)));
    expect(names.filter((name) => /ui\.|highlight|worker|unknown/.test(name))).toEqual([]);
    // A few records to a file, so that an offline copy asks for few, and not all in one, which every search would load.
    const found = names.filter((name) => name.endsWith('.pf_fragment')).length;
    expect(built.records / found).toBeGreaterThan(4);
    expect(built.records / found).toBeLessThan(20);
  } finally {
    await rm(again.folder, { recursive: true, force: true });
  }
}, 120_000);
