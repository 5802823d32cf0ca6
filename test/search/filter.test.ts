import { expect, test } from 'vitest';
import { foldedWords, matching } from '../../src/site/search/filter.ts';

const entries = new Map(
  Object.entries({
    note: ['A note on the screen asks for money', 'ransom demand'],
    renamed: ['Files have a new ending', 'documents renamed'],
    slow: ['Many computers are slow', 'machines are sluggish'],
    T1486: ['T1486', 'Data Encrypted for Impact'],
  }).map(([id, texts]) => [id, foldedWords(texts, 'en')]),
);
const found = (typed: string) => [...(matching(typed, entries, 'en') ?? ['everything'])];

test('finds words in other forms, beginnings, synonyms and ids', () => {
  expect(found('file')).toEqual(['renamed']);
  expect(found('renaming')).toEqual(['renamed']);
  expect(found('ran')).toEqual(['note']);
  expect(found('pc')).toEqual(['slow']);
  expect(found('t1486')).toEqual(['T1486']);
});

test('takes what holds most of a sentence, and passes over what nothing holds', () => {
  expect(found('there is a xylophone note about money')).toEqual(['note']);
  expect(found('slow files')).toEqual(['renamed', 'slow']);
});

test('says nothing of what says nothing, and finds nothing where nothing is', () => {
  expect(found('')).toEqual(['everything']);
  expect(found('it is not')).toEqual(['everything']);
  expect(found('xylophone')).toEqual([]);
});
