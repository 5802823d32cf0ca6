/** What the search makes of a text, without a browser and without an index. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typingErrors } from '../../src/site/search/distance.ts';
import { filterWord } from '../../src/site/search/marks.ts';
import { isVague, nearestPhrases } from '../../src/site/search/phrases.ts';
import { type Engine, readVocabulary, search, understand } from '../../src/site/search/query.ts';
import {
  bestPhrase,
  excerptPieces,
  type LoadedPage,
  type LoadedText,
  markedPieces,
  rank,
  rankInSteps,
} from '../../src/site/search/ranking.ts';
import { stem, wordsIn } from '../../src/site/search/words.ts';

const vocabulary = readVocabulary({
  language: 'en',
  names:
    'account file encrypted ransomware phishing link server laptop antivirus signin mail runbook stolen pwned t1486 t1078004 disablenetadapter isolate host',
  body: 'snapshot hypervisor decryptor quarterly form',
  facets: {
    kind: [
      ['runbook', 'Runbooks', 'Runbook'],
      ['action', 'Actions', 'Action'],
      ['exercise', 'Exercises', 'Exercise'],
    ],
    phase: [['containment', 'Containment']],
    priority: [
      ['p1', 'P1'],
      ['p10', 'P10'],
    ],
  },
});
const words = (text: string) => understand(text, vocabulary).terms.map((term) => term.word);

describe('words', () => {
  test('a compound gives itself and its parts, as in the index', () => {
    expect(wordsIn('Run Get-MessageTrace now, (please)!')).toEqual([
      'run',
      'getmessagetrace',
      'get',
      'message',
      'trace',
      'now',
      'please',
    ]);
    expect(wordsIn('T1078.004')).toContain('t1078004');
    expect(wordsIn('sign-in')).toEqual(['signin', 'sign', 'in']);
  });

  test.each([
    ['encrypted', 'encrypting'],
    ['files', 'file'],
    ['backups', 'backup'],
    ['mailboxes', 'mailbox'],
    ['policies', 'policy'],
    ['stopped', 'stops'],
    ['isolated', 'isolates'],
    ['passes', 'pass'],
  ])('%s and %s have one stem', (a, b) => expect(stem(a)).toBe(stem(b)));

  test.each([
    ['status', 'statu'],
    ['virus', 'viru'],
    ['red', 'r'],
    ['string', 'str'],
  ])('%s does not become %s', (word, root) => expect(stem(word)).not.toBe(root));
});

describe('typing errors', () => {
  test.each([
    ['phising', 'phishing', 1],
    ['acount', 'account', 1],
    ['phihsing', 'phishing', 1],
    ['ransomwear', 'ransomware', 2],
    ['same', 'same', 0],
    ['abc', 'xyz', 3],
  ])('%s is %s with %i', (a, b, errors) => expect(typingErrors(a, b, 5)).toBe(errors));

  test('never more than the limit and one, the same in both directions, nothing for the same word', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat(3), (a, b, limit) => {
        const errors = typingErrors(a, b, limit);
        expect(errors).toBeLessThanOrEqual(limit + 1);
        expect(errors).toBe(typingErrors(b, a, limit));
        expect(errors === 0).toBe(a === b);
      }),
    );
  });
});

describe('understanding', () => {
  test('words that say nothing are left out', () =>
    expect(words('I clicked on the link in a mail')).toEqual(['link', 'mail']));

  test('a query of nothing but such words is searched as it is', () =>
    expect(words('what is going on')).toEqual(['what', 'is', 'going', 'on']));

  test('another form of a word is not an error', () => {
    const understood = understand('encrypting laptops', vocabulary);
    expect(understood.terms.map((term) => term.word)).toEqual(['encrypted', 'laptop']);
    expect(understood.repaired).toEqual([]);
  });

  test.each([
    ['ransomwear', 'ransomware'],
    ['ransmoware', 'ransomware'],
    ['phising', 'phishing'],
    ['acount', 'account'],
    ['snapshto', 'snapshot'],
  ])('%s is repaired to %s and said so', (typed, instead) => {
    expect(understand(typed, vocabulary).repaired).toEqual([{ typed, instead }]);
    expect(words(typed)).toEqual([instead]);
  });

  test('a word of the text may be one error away, not two', () =>
    expect(understand('snaphsoot', vocabulary)).toMatchObject({ terms: [], dropped: ['snaphsoot'] }));

  test('ids are never repaired', () =>
    expect(understand('T1487', vocabulary)).toMatchObject({ terms: [], repaired: [], dropped: ['T1487'] }));

  test('a word that occurs nowhere is left out and said so', () =>
    expect(understand('ransomware zxqwv', vocabulary)).toMatchObject({ dropped: ['zxqwv'] }));

  test('the beginning of a word is enough', () => expect(words('ransomw')).toEqual(['ransomw']));

  test('the last word may still be in the fingers', () => expect(words('isolate h')).toEqual(['isolate', 'h']));

  test('one word typed as two', () => expect(words('ransom ware and anti virus')).toEqual(['ransomware', 'antivirus']));

  test('ids and commands in any notation', () => {
    expect(words('t1078.004')).toEqual(['t1078004']);
    expect(words('disable-netadapter')).toEqual(['disablenetadapter']);
  });

  test('a playbook is a runbook, and names the kind beside other words', () => {
    expect(understand('ransomware playbook', vocabulary)).toMatchObject({
      kind: 'runbook',
      terms: [{ word: 'ransomware' }],
    });
    expect(understand('phishing exercise', vocabulary)).toMatchObject({
      kind: 'exercise',
      terms: [{ word: 'phishing' }],
    });
  });

  test('synonyms stand in for words that the plan does not have', () => {
    expect(words('hypervisors pwned')).toEqual(['hypervisor', 'pwned']);
    expect(words('email')).toEqual(['mail']);
  });

  test.each([
    ['somthing encrypted', ['encrypted']],
    ['scammer laptop', ['laptop']],
    ['wile account', ['account']],
  ])('%s: what is a stop word or another word is not repaired to a word of the plan', (typed, left) =>
    expect(words(typed)).toEqual(left),
  );

  test('words that belong together are one', () => expect(words('somebody logged in')).toEqual(['signin']));

  test('no text makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { terms, dropped } = understand(text, vocabulary);
        for (const { word, weight } of terms) expect(word !== '' && weight > 0).toBe(true);
        expect(new Set(terms.map((term) => term.word)).size).toBe(terms.length);
        expect(dropped.every((word) => word !== '')).toBe(true);
      }),
    );
  });

  test('another language is searched by its words as they are', () => {
    const german = readVocabulary({
      language: 'de',
      names: 'verschlusselung dateien',
      body: '',
      facets: { kind: [], phase: [], priority: [] },
    });
    expect(understand('Dateien Verschlüsselung', german).terms.map((term) => term.word)).toEqual([
      'dateien',
      'verschlusselung',
    ]);
  });
});

describe('phrases of runbooks', () => {
  const runbook = (title: string, signals: number[]) => ({ path: `${title}/`, title, summary: '', signals });
  const spoken = readVocabulary({
    language: 'en',
    names: '',
    body: '',
    facets: { kind: [], phase: [], priority: [] },
    runbooks: [runbook('Lost device', [0, 2]), runbook('Theft of data', [1, 2]), runbook('Anything', [2])],
    signals: [
      'my laptop was stolen · left it in the taxi',
      'data stolen · laptop slow',
      'this is strange · very strange',
    ],
  });
  const nearest = (text: string) =>
    [...nearestPhrases(understand(text, spoken).terms, spoken.phrases, spoken.language)].sort(
      ([, a], [, b]) => b.score - a.score,
    );

  test('one phrase with all words beats two with one each', () => {
    expect(nearest('stolen laptop')[0]).toMatchObject([0, { text: 'my laptop was stolen' }]);
    expect(nearest('stolen data')[0]).toMatchObject([1, { text: 'data stolen' }]);
  });

  test('a synonym counts, and less than the word', () => {
    const [first] = nearest('stolen notebook');
    expect(first?.[0]).toBe(0);
    expect(first?.[1].score).toBeLessThan(nearest('stolen laptop')[0]?.[1].score ?? 0);
  });

  test('a signal that stands later in its runbook is worth less there', () => {
    const scores = new Map(nearest('strange'));
    expect(scores.get(2)?.score).toBeGreaterThan(scores.get(0)?.score ?? 1);
  });

  test('a text is vague that says nothing but that something is wrong', () => {
    const vague = (text: string) => isVague(understand(text, spoken).terms, spoken.language);
    expect(vague('what is going on')).toBe(true);
    expect(vague('very strange')).toBe(true);
    expect(vague('stolen laptop')).toBe(false);
  });
});

describe('searching', () => {
  /** An engine that wants every word, over texts by id. */
  const engineOver = (texts: Record<string, string>, asked: string[] = []): Engine => ({
    search: async (query) => {
      asked.push(query);
      return Object.entries(texts)
        .filter(([, text]) => query.split(' ').every((word) => text.split(' ').includes(word)))
        .map(([id]) => ({ id, score: 20 }));
    },
  });

  test('enough hits with all words: no more questions', async () => {
    const asked: string[] = [];
    const found = await search(
      understand('encrypted file', vocabulary),
      engineOver({ a: 'encrypted file', b: 'file encrypted', c: 'encrypted file x', d: 'file' }, asked),
      20,
    );
    expect(found.map((hit) => hit.id)).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual(['encrypted file']);
  });

  test('too few: single words, the more of the query the better', async () => {
    const found = await search(
      understand('encrypted file server', vocabulary),
      engineOver({ a: 'server', b: 'encrypted file', c: 'encrypted file server', d: 'laptop' }),
      20,
    );
    expect(found.map((hit) => hit.id)).toEqual(['c', 'b', 'a']);
    expect(found[0]?.matched).toBe(1);
    expect(found[2]?.matched).toBeLessThan(0.5);
  });

  test('capped', async () => {
    const texts = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [String(index), 'file']));
    expect((await search(understand('file server', vocabulary), engineOver(texts), 20)).length).toBe(20);
  });

  test('nothing to search for', async () =>
    expect(await search(understand('zxqwv', vocabulary), engineOver({ a: 'file' }), 20)).toEqual([]));
});

describe('ranking', () => {
  const match = (url: string, meta: Record<string, string>, score = 10): LoadedPage => ({
    url,
    score,
    matched: 1,
    excerpt: 'the <mark>file</mark> is',
    content: 'All of it: the file is gone.',
    meta,
  });
  const kind = (name: string) => filterWord('page', 'kind', name);
  const { terms } = understand('stolen laptop', vocabulary);

  test('a phrase with all words beats a bag of words', () => {
    const bag = { title: 'One', signals: 'stolen mail · laptop slow · file · server' };
    const phrase = { title: 'Two', signals: 'file · server · my laptop was stolen' };
    expect(bestPhrase(phrase, terms, vocabulary)).toMatchObject({ text: 'my laptop was stolen' });
    expect(bestPhrase(phrase, terms, vocabulary).score).toBeGreaterThan(bestPhrase(bag, terms, vocabulary).score);
    const pages = rank({ pages: [match('a/', bag, 400), match('b/', phrase, 20)], texts: [] }, { terms }, vocabulary);
    expect(pages.map((page) => page.url)).toEqual(['b/', 'a/']);
  });

  // Two steps: "RW 2 Isolate the laptop." and "RW 3 Call somebody.", with what is searched and not shown at the end.
  const text: LoadedText = {
    url: 'r/',
    content:
      'RW 2 Isolate the laptop. It was stolen today. ¦ analyst RW 3 Call somebody. Stolen &lt;thing&gt;. ¦ scribe',
    meta: { page: 'Ransomware', filters: kind('runbook') },
    anchors: [
      { id: 'isolate|containment|2', text: 'RW 2 Isolate the laptop', location: 0 },
      { id: 'call|recovery|2', text: 'RW 3 Call somebody', location: 11 },
    ],
    locations: [4, 7, 15],
  };

  test('steps lie under their page, the one with more of the query first', () => {
    const pages = rank(
      { pages: [match('r/', { title: 'Ransomware', filters: kind('runbook') })], texts: [text] },
      { terms },
      vocabulary,
    );
    expect(pages).toMatchObject([
      {
        title: 'Ransomware',
        kind: 'runbook',
        page: { url: 'r/' },
        parts: [
          { url: 'r/#isolate', number: 'RW 2', title: 'Isolate the laptop', phase: 'containment' },
          { url: 'r/#call', number: 'RW 3', phase: 'recovery', excerpt: '<mark>Stolen</mark> &lt;thing&gt;.' },
        ],
      },
    ]);
    expect(pages[0]?.parts[0]?.excerpt).toBe('It was <mark>stolen</mark> today.');
  });

  test('stops after each document, so that a key can come between', () => {
    const documents = { pages: [match('r/', { title: 'Ransomware' })], texts: [text, text] };
    const stops = [...rankInSteps(documents, { terms }, vocabulary, undefined, new Map())];
    expect(stops).toHaveLength(3);
  });

  test('of one phase, and of a page that was not found itself', () =>
    expect(rank({ pages: [], texts: [text] }, { terms }, vocabulary, 'recovery')).toMatchObject([
      { url: 'r/', title: 'Ransomware', parts: [{ number: 'RW 3' }] },
    ]));

  test('a step whose page is called so holds that word too', () => {
    const { terms: asked } = understand('ransomware stolen', vocabulary);
    const score = (page: string) =>
      rank({ pages: [], texts: [{ ...text, meta: { page } }] }, { terms: asked }, vocabulary)[0]?.score ?? 0;
    expect(score('Ransomware')).toBeGreaterThan(score('Phishing'));
  });

  test('runbooks come first, exercises last, drafts behind, and the kind that is named before all', () => {
    const same = { title: 'Phishing' };
    const matches = [
      match('e/', { ...same, filters: kind('exercise') }),
      match('r/', { ...same, filters: kind('runbook') }),
      match('d/', { ...same, filters: kind('runbook'), status: 'draft' }),
      match('a/', { ...same, filters: kind('action') }),
    ];
    expect(rank({ pages: matches, texts: [] }, { terms }, vocabulary).map((page) => page.url)).toEqual(
      ['r/', 'a/', 'd/', 'e/'].sort(
        (a, b) => ['r/', 'd/', 'a/', 'e/'].indexOf(a) - ['r/', 'd/', 'a/', 'e/'].indexOf(b),
      ),
    );
    expect(
      rank({ pages: matches, texts: [] }, { terms, kind: 'exercise' }, vocabulary).map((page) => page.url)[0],
    ).not.toBe('d/');
  });

  test('p1 is not p10', () =>
    expect(filterWord('page', 'priority', 'p10').startsWith(filterWord('page', 'priority', 'p1'))).toBe(false));

  test('an excerpt is text, whatever it holds', () => {
    expect(excerptPieces('run <mark>sha256sum</mark> &lt;file&gt; <img src=x>')).toEqual([
      { text: 'run ', marked: false },
      { text: 'sha256sum', marked: true },
      { text: ' <file> <img src=x>', marked: false },
    ]);
  });

  test('words of the query are marked in titles, in any form', () => {
    expect(markedPieces('Two laptops gone', terms, vocabulary).filter((piece) => piece.marked)).toEqual([
      { text: 'laptops', marked: true },
    ]);
  });
});
