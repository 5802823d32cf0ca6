/** What of a plan can be found. */
import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import type { Document } from '../../src/model/document.ts';
import type { Plan } from '../../src/model/plan.ts';
import { searchLanguage } from '../../src/site/search/language.ts';
import {
  firstMinutesPhase,
  type PageRecord,
  type SearchRecords,
  searchFacets,
  searchRecords,
  type TextPart,
} from '../../src/site/search/records.ts';
import { countWords } from '../../src/site/search/vocabulary.ts';
import { content } from './build-search.ts';

let plan: Plan;
let records: SearchRecords;
const at = (path: string) => records.pages.find((record) => record.path === path) as PageRecord;
const partAt = (path: string, id: string) =>
  records.texts.find((record) => record.path === path)?.parts.find((part) => part.id === id) as TextPart;
const allText = () => [
  ...records.pages.map(({ text, meta }) => `${text} ${meta.title}`),
  ...records.texts.flatMap(({ parts }) => parts.map(({ title, text }) => `${title} ${text}`)),
];

beforeAll(async () => {
  plan = (await compile(content, new Date('2026-11-24T00:00:00Z'))).plan as Plan;
  records = searchRecords(plan);
}, 60_000);

describe('records', () => {
  test('every document has one, every step of a runbook is a part of its text, and nothing stands twice', () => {
    for (const { path, parts } of records.texts) {
      const ids = parts.map(({ id }) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
    for (const step of plan.documents.get('runbook:ransomware')?.body?.steps ?? [])
      expect(partAt('runbooks/ransomware/', step.id), step.id).toBeDefined();
    const paths = records.pages.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { kind, id } of plan.documents.values())
      expect(
        paths.some((path) => path.endsWith(`/${id}/`)),
        `${kind}:${id}`,
      ).toBe(true);
  });

  test('a runbook has what people say who see its signals, and nothing of what speaks against it', () => {
    const { signals, code, techniques } = at('runbooks/ransomware/').meta;
    expect(signals).toContain('my laptop got pwned');
    expect(signals).not.toContain('maintenance window');
    expect(code).toBe('RW');
    expect(techniques).toContain('T1486');
    expect(at('runbooks/ransomware/').text).not.toContain('a fake warning');
  });

  test('a step is found by number, role, phase and priority', () => {
    expect(partAt('runbooks/phishing/', 'ask-the-reporter')).toMatchObject({
      number: 'PH 1',
      names: 'Analyst',
      phase: firstMinutesPhase,
    });
    const text = records.texts.find(({ path }) => path === 'runbooks/phishing/');
    expect(text).toMatchObject({ meta: { page: 'Phishing' }, filters: { kind: ['runbook'] } });
    expect(text?.filters.phase).toContain(firstMinutesPhase);
    expect(text?.filters.priority).toHaveLength(1);
  });

  test('an action has the phases of the runbooks that use it, and words of commands and of nested blocks', () => {
    expect(at('actions/isolate-host/').filters.phase?.length).toBeGreaterThan(0);
    const { text } = partAt('actions/isolate-host/', 'disconnect-at-its-console');
    for (const words of ['Disable-NetAdapter', 'Every adapter has the status Disabled', '<interface>'])
      expect(text).toContain(words);
  });

  test('variables read as their values', () => {
    expect(allText().filter((text) => text.includes('caseFolder'))).toEqual([]);
    expect(allText().some((text) => text.includes('evidence.example.org/cases'))).toBe(true);
  });

  test('retired documents are not found; drafts are, and say so', () => {
    const documents = new Map(plan.documents);
    const change = (name: string, status: 'draft' | 'retired') => {
      const document = documents.get(name) as Document;
      documents.set(name, { ...document, data: { ...document.data, status } } as Document);
    };
    change('runbook:phishing', 'retired');
    change('runbook:ransomware', 'draft');
    const changed = searchRecords({ ...plan, documents });
    for (const list of [changed.pages, changed.texts]) {
      expect(list.some(({ path }) => path.startsWith('runbooks/phishing/'))).toBe(false);
      expect(list.find(({ path }) => path === 'runbooks/ransomware/')?.meta.status).toBe('draft');
    }
  });

  test('nothing depends on when or how often it is made', () => expect(searchRecords(plan)).toEqual(records));
});

test('the list of words has each once, names before text, and no stop words', () => {
  const words = countWords(searchLanguage('en'));
  for (const page of records.pages) words.add({ page });
  for (const text of records.texts) words.add({ text });
  const { names, body } = words.lists();
  const all = [...names, ...body];
  expect(new Set(all).size).toBe(all.length);
  expect(names).toContain('pwned');
  expect(body).toContain('disablenetadapter');
  expect(all).not.toContain('the');
  expect(Buffer.byteLength(all.join(' '))).toBeLessThan(60_000);
});

test('facets name every kind that has documents, the phases in order, and the priorities', () => {
  const facets = searchFacets(plan, 'First minutes');
  expect(facets.kind.map(([id]) => id)).toContain('runbook');
  expect(facets.phase.map(([id]) => id)).toEqual([
    firstMinutesPhase,
    'preparation',
    'identification',
    'containment',
    'eradication',
    'recovery',
    'lessons-learned',
  ]);
  expect(facets.priority.length).toBe(plan.settings.priority.levels.length);
});
