import fc from 'fast-check';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
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
