import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blockText,
  insertBlock,
  moveBlock,
  removeBlock,
  replaceBlock,
  rewordBlock,
} from '../../src/proposals/mdx-edit.ts';
import '../generated-values.ts';

/** Real documents with steps: every action, and the shorter runbooks, since the exact parser takes its time. */
const documents = globSync(['content/actions/*.mdx', 'content/runbooks/*.mdx'])
  .sort()
  .map((path) => readFileSync(path, 'utf8'))
  .filter((text) => text.length < 12_000 && idsIn(text).length > 1);

/** Ids of the blocks at the top, in their order, read without the parser under test. */
function idsIn(text: string): string[] {
  return [...text.matchAll(/^[ \t]*<(?:Step|Use|Decision|Part) id="([^"]+)"/gm)].map(([, id]) => id as string);
}

const id = fc.constantFrom('new-one', 'new-two', 'new-three');
const words = fc.constantFrom(
  'Do it.',
  'Tell *them* by `mail`.\n\nThe reason   stands here.',
  'Say {organisation.name}.\n\n- one\n  - two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |',
  'Type it.\n\n```bash\n  indented <here>\n\n\nand on\n```',
  'Zoë 🔥 rings.\n\n> quoted\n> text',
);
const block = fc.tuple(id, words).map(([name, text]) => `<Step id="${name}" role="analyst">\n${text}\n</Step>`);
const side = fc.constantFrom('before', 'after');
const instruction = fc.constantFrom('Do it.', 'Say {organisation.name} to *them*.', 'Zoë 🔥 rings, then\nyou write.');

/** Documents as people write them: blocks close or far apart, on one line, indented, with cautions, any line break. */
const generated = fc
  .tuple(
    fc.array(
      fc.record({
        text: words,
        indent: fc.constantFrom('', '  '),
        form: fc.constantFrom('block', 'line', 'empty'),
        caution: fc.nat(2),
        close: fc.boolean(),
        heading: fc.boolean(),
      }),
      { minLength: 2, maxLength: 6 },
    ),
    fc.constantFrom('', '\n', '\n\n\n'),
  )
  .map(([parts, ending]) => {
    const blocks = parts.flatMap(({ text, indent, form, caution, heading }, index) => {
      const written =
        form === 'line'
          ? `<Step id="step-${index}" role="analyst">Do it.</Step>`
          : form === 'empty'
            ? `<Use id="step-${index}" action="isolate-host" />`
            : `<Step id="step-${index}" role="analyst">\n${text}\n</Step>`;
      const cautions = Array.from({ length: caution === 2 ? 1 : 0 }, () => '<Caution>\nHot.\n</Caution>');
      return [...(heading ? [`## Part ${index}`] : []), ...cautions, written.replace(/^(?=.)/gm, indent)];
    });
    const separated = blocks.map((text, index) => {
      if (index === 0) return text;
      const close =
        parts[Math.min(index, parts.length - 1)]?.close &&
        blocks[index - 1]?.endsWith('</Step>') &&
        blocks[index - 1]?.includes('\n') &&
        text.includes('\n');
      return `${close ? '\n' : '\n\n'}${text}`;
    });
    return `---\ntitle: x # y\n---\n\n${separated.join('')}${ending}`;
  });

const source = fc
  .tuple(
    fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...documents) }, { weight: 3, arbitrary: generated }),
    fc.boolean(),
  )
  .map(([text, windows]) => (windows ? text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') : text));

/** A document, and two different steps of it. */
const chosen = fc.tuple(source, fc.nat(), fc.nat()).map(([text, a, b]) => {
  const ids = idsIn(text);
  const first = a % ids.length;
  const second = (first + 1 + (b % (ids.length - 1))) % ids.length;
  return { text, ids, first: ids[first] as string, second: ids[second] as string };
});

const runs = { numRuns: 50 };
const nameOf = (text: string) => /id="([^"]+)"/.exec(text)?.[1] as string;

test('a step that is inserted and removed again leaves every byte as it was', () => {
  fc.assert(
    fc.property(chosen, block, side, ({ text, first }, added, where) => {
      const inserted = insertBlock(text, first, where, added);
      expect(inserted.includes('\r\n')).toBe(text.includes('\r\n'));
      expect(removeBlock(inserted, nameOf(added))).toBe(text);
    }),
    runs,
  );
});

test('an insertion puts one text in, at the place that was asked for, and touches no other step', () => {
  fc.assert(
    fc.property(chosen, block, side, ({ text, ids, first }, added, where) => {
      const inserted = insertBlock(text, first, where, added);
      const at = ids.indexOf(first) + (where === 'after' ? 1 : 0);
      expect(idsIn(inserted)).toEqual(ids.toSpliced(at, 0, nameOf(added)));
      for (const name of [first, ids[0] as string, ids.at(-1) as string])
        expect(blockText(inserted, name)).toBe(blockText(text, name));
      expect(blockText(inserted, nameOf(added)).replaceAll('\r\n', '\n')).toBe(added);
    }),
    runs,
  );
});

test('a step that is replaced and put back leaves every byte as it was', () => {
  fc.assert(
    fc.property(chosen, words, ({ text, first, second }, said) => {
      const replaced = replaceBlock(text, first, `<Step id="${first}" role="analyst">\n${said}\n</Step>`);
      expect(blockText(replaced, second)).toBe(blockText(text, second));
      expect(replaceBlock(replaced, first, blockText(text, first))).toBe(text);
    }),
    runs,
  );
});

test('a step that is reworded and put back leaves every byte as it was, and the other steps too', () => {
  let reworded = 0;
  fc.assert(
    fc.property(chosen, instruction, ({ text, first, second }, said) => {
      const before = instructionIn(blockText(text, first));
      // A step on one line, and an action that is used, have no instruction of their own.
      if (before === undefined) return;
      reworded += 1;
      const after = rewordBlock(text, first, said);
      expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
      expect(instructionIn(blockText(after, first))?.replaceAll('\r\n', '\n')).toBe(said);
      expect(blockText(after, second)).toBe(blockText(text, second));
      expect(rewordBlock(after, first, before)).toBe(text);
    }),
    runs,
  );
  expect(reworded).toBeGreaterThan(10);
});

/** The first paragraph of a block that begins on the line behind its tag, as the fixtures and documents here are written. */
function instructionIn(block: string): string | undefined {
  return /^<(?:Step|Part)[^>]*>\r?\n([^\s<|#>-][^\r\n]*(?:\r?\n[^\s<][^\r\n]*)*)\r?\n/.exec(block)?.[1];
}

test('changes of two steps commute, whatever they do', () => {
  const edit = fc.oneof(
    words.map(
      (said) => (text: string, id: string) =>
        replaceBlock(text, id, `<Step id="${id}" role="analyst">\n${said}\n</Step>`),
    ),
    fc.tuple(block, side).map(
      ([added, where]) =>
        (text: string, id: string) =>
          insertBlock(text, id, where, added.replace(/id="[^"]+"/, `id="beside-${id}"`)),
    ),
    fc.constant((text: string, id: string) => removeBlock(text, id)),
  );
  fc.assert(
    fc.property(chosen, edit, edit, ({ text, first, second }, one, other) => {
      const there = other(one(text, first), second);
      const back = one(other(text, second), first);
      // Where two neighbours are taken out, or one is and something comes in beside the other, blank lines may differ.
      expect(there.replace(/(?:\r?\n)+/g, '\n')).toBe(back.replace(/(?:\r?\n)+/g, '\n'));
    }),
    runs,
  );
});

test('a step that is moved keeps its text, and all others keep theirs and their order', () => {
  fc.assert(
    fc.property(chosen, side, ({ text, ids, first, second }, where) => {
      const moved = moveBlock(text, first, second, where);
      const rest = ids.filter((name) => name !== first);
      const at = rest.indexOf(second) + (where === 'after' ? 1 : 0);
      expect(idsIn(moved)).toEqual(rest.toSpliced(at, 0, first));
      expect(blockText(moved, first)).toBe(blockText(text, first));
      expect(blockText(moved, second)).toBe(blockText(text, second));
      const linesOf = (whole: string) =>
        whole
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter(Boolean)
          .sort();
      expect(linesOf(moved)).toEqual(linesOf(text));
    }),
    runs,
  );
});
