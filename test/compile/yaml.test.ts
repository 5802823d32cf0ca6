import fc from 'fast-check';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { readPlainYaml } from '../../src/compile/plain-yaml.ts';
import { parseYaml, splitFrontMatter } from '../../src/compile/yaml.ts';

const key = fc.stringMatching(/^[a-z]{1,8}$/);
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('true', '2026-11-24', 'a: b', '# x', '- y', "it's"),
);
const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(key, tie('node'), { maxKeys: 4 }),
  ),
}));
const data = fc.dictionary(key, node, { minKeys: 1, maxKeys: 5 });

/** Every value below a point, with its JSON pointer. */
function* pointersOf(value: unknown, pointer = ''): Generator<[string, unknown]> {
  yield [pointer, value];
  if (value && typeof value === 'object')
    for (const [name, inner] of Object.entries(value)) yield* pointersOf(inner, `${pointer}/${name}`);
}

describe('YAML', () => {
  test('is read as it was written, and every position holds its value', () => {
    fc.assert(
      fc.property(data, fc.constantFrom('', '---\n', '---\r\n'), (value, before) => {
        const yaml = stringify(value, { lineWidth: 0 });
        const text = before + yaml;
        const file = new VFile({ path: 'x.yaml', value: text });
        const parsed = parseYaml(yaml, file, before.length);
        expect(parsed.data).toEqual(JSON.parse(JSON.stringify(value)));
        expect(file.messages).toEqual([]);
        const lines = text.split('\n');
        for (const [pointer, inner] of pointersOf(value)) {
          const { start, end } = parsed.rangeOf(pointer);
          expect(lines.slice(0, start.line - 1).join('\n').length + (start.line > 1 ? 1 : 0) + start.column - 1).toBe(
            start.offset,
          );
          expect(start.offset).toBeGreaterThanOrEqual(before.length);
          expect(end.offset).toBeLessThanOrEqual(text.length);
          if (typeof inner === 'number' || typeof inner === 'boolean')
            expect(text.slice(start.offset, end.offset)).toBe(String(inner));
          if (pointer === '') continue;
          const at = pointer.lastIndexOf('/');
          const name = pointer.slice(at + 1);
          if (/^\d/.test(name)) continue;
          const place = parsed.keyRangeOf(pointer.slice(0, at), name);
          expect(text.slice(place.start.offset, place.end.offset).replace(/^"|"$/g, '')).toBe(name);
        }
      }),
    );
  });

  test('of any text gives data or a diagnostic, never an exception', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.array(
          fc.constantFrom(
            'a: ',
            '- ',
            '[',
            ']',
            '{',
            '}',
            '&a ',
            '*a',
            '"',
            "'",
            '\n',
            '  ',
            '!!x ',
            '|\n',
            '? ',
            '<<: ',
            '%',
            '---\n',
          ),
        ),
        (noise, parts) => {
          for (const text of [noise, parts.join(''), parts.join('') + noise]) {
            const file = new VFile({ path: 'x.yaml', value: text });
            const { valid } = parseYaml(text, file);
            expect(valid).toBe(file.messages.length === 0);
          }
        },
      ),
    );
  });
});

describe('front matter', () => {
  const line = fc.stringMatching(/^[a-z: -]{0,10}$/).filter((text) => !/^---[ \t]*$/.test(text));
  test('is cut off at the first closing line; the parts are the text', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 4 }),
        fc.array(fc.oneof(line, fc.constant('---')), { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        (front, body, ending) => {
          const text = ['---', ...front, '---', ...body].join(ending);
          const found = splitFrontMatter(text);
          expect(found?.yaml).toBe(front.map((entry) => entry + ending).join(''));
          expect(text.slice(found?.offset, (found?.offset ?? 0) + (found?.yaml.length ?? 0))).toBe(found?.yaml);
          expect(text.slice(found?.bodyOffset)).toBe(body.join(ending));
        },
      ),
    );
  });

  test.each([
    '',
    'title: x',
    '---',
    '---\ntitle: x',
    ' ---\na: 1\n---\n',
    '\n---\na: 1\n---\n',
    '----\na: 1\n----\n',
    'text\n---\na: 1\n---\n',
  ])('%j has none', (text) => {
    expect(splitFrontMatter(text)).toBeUndefined();
  });
});

describe('plain YAML', () => {
  /** What the parser gives, or undefined when it finds a fault. */
  const exactly = (text: string) => {
    const document = parseDocument(text, { schema: 'core', version: '1.2', logLevel: 'silent' });
    return document.errors.length + document.warnings.length > 0 ? undefined : (document.toJS() as unknown);
  };
  const usual = fc
    .tuple(
      fc.constantFrom('', '', '', '  ', '    '),
      fc.constantFrom('', '', '', '- '),
      fc.constantFrom(...'abcdefgh').map((name) => `${name}:`),
      fc.constantFrom('', '', ' 1', ' text', ' "quoted"', ' 2026-11-24', ' true', ' >-', ' >', ' |', ' |-'),
    )
    .map((parts) => parts.join(''));
  // Near misses of what is plain.
  const odd = fc
    .tuple(
      fc.constantFrom('', '', '  ', '    ', ' '),
      fc.constantFrom('', '', '- ', '-', '-  ', '- - ', '? ', '# '),
      fc.constantFrom('', 'a: ', 'b:', 'a:', 'long-name: ', 'null: ', '"a": ', 'c:d', '1: ', '<<: '),
      fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom(
          ...['', '1', '007', '1.5', '1e3', '0x1f', '-1', '+1', '.5', '2026-11-24', '10 min', '1_000', 'true', 'No'],
          ...['~', 'null', 'Null', '"a\\"b"', '"a\\x41"', '"open', "'it''s'", "'open", 'a: b', 'a #b', 'a#b', 'x:'],
          ...[
            '[a, b]',
            '{a: b}',
            '*a',
            '&a b',
            '!t a',
            '| ',
            '>',
            '%a',
            '@a',
            '`a`',
            '---',
            '...',
            'a\u00a0',
            '雪 [x]',
          ],
        ),
      ),
      fc.constantFrom('', '', ' ', '  # said aside'),
    )
    .map((parts) => parts.join(''));
  const words = fc.constantFrom('  some', '  more words', '', '    further in', '  end ', '  # said', '   ');
  const line = fc.oneof(
    { weight: 6, arbitrary: usual },
    { weight: 3, arbitrary: words },
    { weight: 1, arbitrary: odd },
  );

  test('is read as the parser reads it, or left to it', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 7 }), fc.constantFrom('', '\n'), (lines, end) => {
        const text = lines.join('\n') + end;
        const plain = readPlainYaml(text);
        if (plain === undefined) return;
        read += 1;
        expect({ text, data: plain }).toEqual({ text, data: exactly(text) });
      }),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  test('as documents of a plan hold it is not left to the parser', () => {
    const text =
      'title: Ransomware\n# Said aside.\nroles:\n  - scribe\n  - deputy\nreview:\n  last: 2026-10-05\napprovals:\n- by: "A. Example"\n  role: \'ciso\'\n';
    expect(readPlainYaml(text)).toEqual({
      title: 'Ransomware',
      roles: ['scribe', 'deputy'],
      review: { last: '2026-10-05' },
      approvals: [{ by: 'A. Example', role: 'ciso' }],
    });
  });
});
