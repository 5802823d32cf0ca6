import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { splitFrontMatter } from '../../src/compile/yaml.ts';
import { appendValue, CannotEdit, removeValue, setValue } from '../../src/proposals/yaml-edit.ts';
import '../generated-values.ts';

describe('a value is written as its neighbours are', () => {
  test.each<[string, string, () => string, string]>([
    [
      'a block list',
      'a:\n  - x # first\n  - y\nb: 1\n',
      () => appendValue('a:\n  - x # first\n  - y\nb: 1\n', '/a', 'z'),
      'a:\n  - x # first\n  - y\n  - z\nb: 1\n',
    ],
    [
      'a list without indentation',
      'a:\n- x\nb: 1\n',
      () => appendValue('a:\n- x\nb: 1\n', '/a', 'z'),
      'a:\n- x\n- z\nb: 1\n',
    ],
    ['a flow list', 'a: [x, y] # both\n', () => appendValue('a: [x, y] # both\n', '/a', 'z'), 'a: [x, y, z] # both\n'],
    ['an empty list', 'a: []\n', () => appendValue('a: []\n', '/a', 'z'), 'a: [z]\n'],
    [
      'a list that is missing',
      'b: 1\n',
      () => appendValue('b: 1\n', '/s/exclude', 'z'),
      'b: 1\ns:\n  exclude:\n    - z\n',
    ],
    [
      'a list missing in a group in braces',
      's: {confirm: [x]}\n',
      () => appendValue('s: {confirm: [x]}\n', '/s/exclude', 'z'),
      's: {confirm: [x], exclude: [z]}\n',
    ],
    [
      'a group beside groups',
      's:\n  - title: A\n    url: u\n',
      () => appendValue('s:\n  - title: A\n    url: u\n', '/s', { title: 'B', note: 'c' }),
      's:\n  - title: A\n    url: u\n  - title: B\n    note: c\n',
    ],
    [
      'a group beside groups in braces',
      's:\n  - {title: A}\n',
      () => appendValue('s:\n  - {title: A}\n', '/s', { title: 'B' }),
      's:\n  - {title: A}\n  - {title: B}\n',
    ],
    [
      'after a folded text',
      's:\n  - >-\n    long\n    text\nb: 1\n',
      () => appendValue('s:\n  - >-\n    long\n    text\nb: 1\n', '/s', 'z'),
      's:\n  - >-\n    long\n    text\n  - z\nb: 1\n',
    ],
    [
      'carriage returns',
      'a:\r\n  - x\r\n',
      () => appendValue('a:\r\n  - x\r\n', '/a', 'z'),
      'a:\r\n  - x\r\n  - z\r\n',
    ],
    ['without a last line break', 'a:\n  - x', () => appendValue('a:\n  - x', '/a', 'z'), 'a:\n  - x\n  - z'],
    ['a quoted text', "a: 'x' # why\n", () => setValue("a: 'x' # why\n", '/a', 'y'), "a: 'y' # why\n"],
    [
      'a folded text replaced',
      'a: >-\n  one\n  two\nb: 1\n',
      () => setValue('a: >-\n  one\n  two\nb: 1\n', '/a', 'three'),
      'a: >-\n  three\nb: 1\n',
    ],
    [
      'a missing property of a group',
      'r:\n  last: 2026-01-01\nb: 1\n',
      () => setValue('r:\n  last: 2026-01-01\nb: 1\n', '/r/every', '6 months'),
      'r:\n  last: 2026-01-01\n  every: 6 months\nb: 1\n',
    ],
    [
      'a list replaced by a list',
      'a:\n  - x\n  - y\nb: 1\n',
      () => setValue('a:\n  - x\n  - y\nb: 1\n', '/a', ['q']),
      'a:\n  - q\nb: 1\n',
    ],
    [
      'an entry replaced',
      'a:\n  - x\n  - y\n',
      () => setValue('a:\n  - x\n  - y\n', '/a/0', 'q'),
      'a:\n  - q\n  - y\n',
    ],
    [
      'a property removed',
      'a: 1\nb: # gone\n  c: 1\nd: 2\n',
      () => removeValue('a: 1\nb: # gone\n  c: 1\nd: 2\n', '/b'),
      'a: 1\nd: 2\n',
    ],
    ['an entry of a flow list removed', 'a: [x, y, z]\n', () => removeValue('a: [x, y, z]\n', '/a/0'), 'a: [y, z]\n'],
    [
      'the last property of a group removed',
      'r:\n  last: 1\nb: 1\n',
      () => removeValue('r:\n  last: 1\nb: 1\n', '/r/last'),
      'r: {}\nb: 1\n',
    ],
  ])('%s', (_, before, edit, after) => {
    expect(parse(before)).toBeDefined();
    expect(edit()).toBe(after);
  });

  test('what cannot hold a value is told', () => {
    expect(() => setValue('a: x\n', '/a/b/c', 1)).toThrow(CannotEdit);
    expect(() => setValue('a: [x]\n', '/a/4', 1)).toThrow('no entry 4');
    expect(() => removeValue('a: x\n', '/b')).toThrow('nothing at "/b"');
    expect(() => appendValue('a: x\n', '/a', 1)).toThrow('no list');
  });
});

/** The YAML of every document of the starter plan. */
const texts = globSync('content/**/*.{yaml,mdx}')
  .sort()
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path, yaml: path.endsWith('.yaml') ? text : (splitFrontMatter(text)?.yaml ?? '') };
  })
  .filter(({ yaml }) => yaml !== '');

/** The pointers of all values below a value. */
function pointersOf(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [here, ...pointersOf(inner, here)];
  });
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, part) => (inner as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')],
      value,
    );
}

const anyFile = fc.constantFrom(...texts);
const anyText = fc.oneof(
  fc.constantFrom(
    'ransom-note',
    'yes',
    '12',
    '2026-01-01',
    'It\'s "so": far',
    '# no remark',
    '- dash',
    '',
    'a, b',
    '{x}',
    'a: b',
    'x'.repeat(130),
    `${'long words '.repeat(20)}end`,
    'two\nlines',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/[\p{C}\p{Z}]/gu, ' ').trim()),
);
const anyValue = fc.oneof(
  anyText,
  fc.integer(),
  fc.boolean(),
  fc.array(anyText, { maxLength: 3 }),
  fc.record({ title: anyText, note: anyText }),
);

test('appending to any list of the plan holds the entry, and removing it restores the bytes', () => {
  fc.assert(
    fc.property(anyFile, fc.nat(), anyValue, fc.boolean(), ({ yaml }, pick, value, windows) => {
      const text = windows ? yaml.replaceAll('\n', '\r\n') : yaml;
      const data = parse(text);
      const lists = pointersOf(data).filter((pointer) => Array.isArray(at(data, pointer)));
      if (lists.length === 0) return;
      const list = lists[pick % lists.length] as string;
      const length = (at(data, list) as unknown[]).length;
      const appended = appendValue(text, list, value);
      const expected = structuredClone(data);
      (at(expected, list) as unknown[]).push(value);
      expect(parse(appended)).toEqual(expected);
      if (length > 0) expect(removeValue(appended, `${list}/${length}`)).toBe(text);
    }),
    { numRuns: 400 },
  );
});

test('setting any property of the plan changes that property alone', () => {
  fc.assert(
    fc.property(anyFile, fc.nat(), anyValue, ({ yaml }, pick, value) => {
      const data = parse(yaml);
      const pointers = pointersOf(data);
      const pointer = pointers[pick % pointers.length] as string;
      const changed = setValue(yaml, pointer, value);
      const expected = structuredClone(data);
      const parent = at(expected, pointer.slice(0, pointer.lastIndexOf('/'))) as Record<string, unknown>;
      parent[(pointer.split('/').at(-1) as string).replaceAll('~1', '/').replaceAll('~0', '~')] = value;
      expect(parse(changed)).toEqual(expected);
      expect(
        remarksOf(changed)
          .filter((remark) => !remarksOf(yaml).some((old) => old === remark))
          .every((remark) => JSON.stringify(value).includes('#') || remark === ''),
      ).toBe(true);
    }),
    { numRuns: 400 },
  );
});

const remarksOf = (text: string) => text.match(/ #.*$/gm) ?? [];

test('removing any property or entry of the plan removes that alone', () => {
  fc.assert(
    fc.property(anyFile, fc.nat(), ({ yaml }, pick) => {
      const data = parse(yaml);
      const pointers = pointersOf(data);
      const pointer = pointers[pick % pointers.length] as string;
      const expected = structuredClone(data);
      const parent = at(expected, pointer.slice(0, pointer.lastIndexOf('/'))) as Record<string, unknown> | unknown[];
      const key = pointer.split('/').at(-1) as string;
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key.replaceAll('~1', '/').replaceAll('~0', '~')];
      expect(parse(removeValue(yaml, pointer))).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});
