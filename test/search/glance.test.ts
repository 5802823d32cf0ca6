/** What stands there before everything was searched, with a Pagefind that answers when it is told to. */
import { describe, expect, test } from 'vitest';
import { createSearch, type Found, type Pagefind } from '../../src/site/client/search-engine.ts';
import { filterWord } from '../../src/site/search/marks.ts';
import { indexTitles, namesWith } from '../../src/site/search/titles.ts';
import type { VocabularyFile } from '../../src/site/search/vocabulary.ts';

const file: VocabularyFile = {
  language: 'en',
  names: 'isolate host account technique data encrypted impact t1486',
  body: 'snapshot',
  facets: {
    kind: [
      ['runbook', 'Runbooks', 'Runbook'],
      ['action', 'Actions', 'Action'],
      ['technique', 'Techniques', 'Technique'],
    ],
    phase: [],
    priority: [],
  },
  first: { title: 'Unclassified', path: 'runbooks/unclassified/' },
  runbooks: [
    {
      path: 'runbooks/ransomware/',
      title: 'Ransomware',
      code: 'RW',
      summary: 'Files were encrypted.',
      aliases: 'Cryptolocker',
      signals: [0],
    },
  ],
  signals: ['Files have a new extension'],
  titles: {
    action: [['actions/isolate-host/', 'Isolate a host']],
    technique: [['techniques/t1486/', 'Data Encrypted for Impact', 'T1486']],
  },
};

/** A Pagefind that finds one document for every question, once it is let go. */
function held(): { load: () => Promise<Pagefind>; letGo: () => void } {
  const gate = Promise.withResolvers<void>();
  const result = (form: 'page' | 'text') => ({
    id: form,
    score: 20,
    words: [0],
    data: async () => ({
      url: '/plan/actions/isolate-host/',
      excerpt: '',
      content: 'Cut it off.',
      raw_content: 'Cut it off.',
      meta: { title: 'Isolate a host', page: 'Isolate a host', filters: filterWord(form, 'kind', 'action') },
      anchors: [],
    }),
  });
  const instance = {
    init: async () => {},
    search: async (words: string) => {
      await gate.promise;
      const forms = (['page', 'text'] as const).filter((form) => words === filterWord(form));
      return { results: (forms.length > 0 ? forms : (['page', 'text'] as const)).map(result) };
    },
  };
  return { load: async () => ({ createInstance: () => instance }), letGo: gate.resolve };
}

const titlesOf = ({ pages }: Found) => pages.map(({ title }) => title);

describe('a glance', () => {
  const { glance } = createSearch(held().load, file, '/plan/pagefind/');

  test.each([
    ['r', ['Ransomware']],
    ['crypt', ['Ransomware']],
    ['iso', ['Isolate a host']],
    ['T14', ['Data Encrypted for Impact']],
    ['files with a new extension', ['Ransomware']],
    ['isolate ransom', ['Ransomware']],
    ['zebra', []],
  ])('of "%s" shows %j', (text, expected) => {
    expect(titlesOf(glance(text, {}))).toEqual(expected);
  });

  test('keeps to the filters', () => {
    expect(titlesOf(glance('encrypted', {}))).toContain('Data Encrypted for Impact');
    expect(titlesOf(glance('encrypted', { kind: 'action' }))).toEqual([]);
  });

  test('every word has to begin a word of the name', () => {
    const index = indexTitles(file.titles, file.runbooks);
    expect(namesWith(['data', 'imp'], index)).toEqual([{ kind: 'technique', entry: file.titles['technique']?.[0] }]);
    expect(namesWith(['data', 'host'], index)).toEqual([]);
    expect(namesWith([], index)).toEqual([]);
  });
});

describe('a search', () => {
  test('tells what it found first while the rest is on its way', async () => {
    const { load, letGo } = held();
    const { find } = createSearch(load, file, '/plan/pagefind/');
    const told: Found[] = [];
    const finding = find('isolate', {}, { first: (some) => told.push(some) });
    letGo();
    const found = await finding;
    expect(told.map(titlesOf)).toEqual([['Isolate a host']]);
    expect(titlesOf(found)).toEqual(['Isolate a host']);
  });

  test('ends when nobody waits any more', async () => {
    const { load, letGo } = held();
    const { find } = createSearch(load, file, '/plan/pagefind/');
    const nobody = new AbortController();
    const told: Found[] = [];
    const finding = find('isolate', {}, { first: (some) => told.push(some), signal: nobody.signal });
    nobody.abort();
    letGo();
    await expect(finding).rejects.toThrow();
    expect(told).toEqual([]);
  });

  test('of a first letter, which is no word, finds what is called so', async () => {
    const { find } = createSearch(held().load, file, '/plan/pagefind/');
    expect(titlesOf(await find('r', {}))).toEqual(['Ransomware']);
  });
});
