/**
 * Sätteri reads every document; the reference parser reads those with faults, and those that are edited. Both must
 * give the same plan: a step that only one of them sees would be checked and not shown, or shown and not checked.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import type { Place } from '../../src/blocks/block.ts';
import { parseMdx, referenceReader } from '../../src/compile/mdx.ts';
import { shape } from '../../src/compile/shape.ts';
import { splitFrontMatter } from '../../src/compile/yaml.ts';
import { allDiagnostics, type Diagnostic } from '../../src/diagnostics/report.ts';
import type { Block } from '../../src/model/content.ts';
import { fixtures } from '../fixture-plan.ts';

const content = fileURLToPath(new URL('../../content/', import.meta.url));

const documentsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => join(folder, name));

/** The body as the engine parses it: front matter blanked, so that positions are the file's. */
function bodyOf(text: string): string {
  const from = splitFrontMatter(text)?.bodyOffset ?? 0;
  return text.slice(0, from).replace(/[^\r\n]/g, ' ') + text.slice(from);
}

interface Reading {
  /** The shaped tree without positions, and without what mdast may leave out. */
  tree: unknown;
  blocks: { name: string; from: number; to: number }[];
  diagnostics: string[];
}

function reading(tree: Root, text: string, place: Place): Reading {
  const file = new VFile({ path: 'x.mdx', value: text });
  const shaped = shape(tree, text, file, place);
  const blocks: Reading['blocks'] = [];
  visit(shaped.tree, 'block', (node) => {
    const { name, position } = node as Block;
    blocks.push({ name, from: position.start.offset, to: position.end.offset });
  });
  return { tree: bare(shaped.tree), blocks, diagnostics: told(file) };
}

const told = (file: VFile) =>
  allDiagnostics([file]).map(
    (diagnostic: Diagnostic) => `${diagnostic.line}:${diagnostic.column} ${diagnostic.ruleId} ${diagnostic.reason}`,
  );

/** `null` and a missing property say the same in mdast. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (!node || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => key !== 'position' && key !== 'data' && value !== null && value !== undefined)
      .map(([key, value]) => [key, bare(value)]),
  );
}

function compare(text: string, place: Place): void {
  const file = new VFile({ path: 'x.mdx', value: text });
  const tree = parseMdx(text, file);
  let reference: Root | undefined;
  try {
    reference = referenceReader.parse(text);
  } catch {
    expect(told(file), 'what one parser refuses is told').not.toEqual([]);
    return;
  }
  if (file.messages.length > 0 || !tree) return;
  expect(reading(tree, text, place)).toEqual(reading(reference, text, place));
}

const placeOf = (path: string): Place =>
  path.includes('/runbooks/') ? 'a phase' : path.includes('/actions/') ? 'an action' : 'a page';

test.each(
  [...documentsBelow(content), ...documentsBelow(fixtures)].map((path) => [
    path.replace(content, 'content/').replace(fixtures, ''),
    path,
  ]),
)('%s', (_, path) => {
  compare(bodyOf(readFileSync(path, 'utf8')), placeOf(path));
});

describe('generated documents', () => {
  const word = fc.constantFrom('host', 'memory', 'naïve', '😀', 'mail', 'T1486', '5', 'äöü');
  const inline = fc.oneof(
    { weight: 4, arbitrary: word },
    word.map((text) => `**${text}**`),
    word.map((text) => `*${text}*`),
    word.map((text) => `~~${text}~~`),
    word.map((text) => `\`<${text}> {x}\``),
    word.map((text) => `[${text}](role:responder)`),
    word.map((text) => `[${text}](https://example.org/a?b=c&d "title")`),
    word.map((text) => `![${text}](a.png)`),
    fc.constantFrom(
      '{organisation.name}',
      '{ warRoom.bridge }',
      'a&amp;b',
      '\\*',
      'https://example.org',
      '1 < 2'.replace('<', '&lt;'),
    ),
  );
  const line = fc.array(inline, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
  const paragraph = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
  const leaf = fc.oneof(
    { weight: 3, arbitrary: paragraph },
    line.map((text) => `## ${text}`),
    fc.array(line, { minLength: 1, maxLength: 3 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
    fc
      .array(line, { minLength: 1, maxLength: 3 })
      .map((items) => items.map((item, index) => `${index + 1}. ${item}`).join('\n')),
    line.map((text) => `> ${text}`),
    line.map((text) => `| a | b |\n|---|:-:|\n| ${text.replaceAll('|', '')} | x |`),
    fc.constantFrom('```bash\nls <path> {x}\n```', '---', '- [ ] open\n- [x] done', '~~~\n```\n~~~'),
    line.map((text) => `<Note>${text}</Note>`),
    line.map((text) => `<Caution about="evidence">${text}</Caution>`),
    fc.constant('<Use id="isolate" action="isolate-host" within="15 min" />'),
  );
  const { block } = fc.letrec<{ block: string }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc
        .tuple(
          fc.constantFrom('Note', 'Step', 'Evidence', 'Verify'),
          fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
        )
        .map(
          ([name, inner]) =>
            `<${name}${name === 'Evidence' ? ' kind="memory"' : ''}>\n${inner.join('\n\n')}\n</${name}>`,
        ),
      fc
        .tuple(fc.constantFrom('Note', 'Step'), fc.array(tie('block'), { minLength: 1, maxLength: 3 }))
        .map(([name, inner]) => `<${name}>\n\n${inner.join('\n\n')}\n\n</${name}>`),
    ),
  }));
  const documents = fc.tuple(fc.array(block, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\r\n'));

  test('are read alike by both parsers', () => {
    fc.assert(
      fc.property(documents, ([parts, ending]) => {
        compare(`${parts.join('\n\n')}\n`.replaceAll('\n', ending), 'a phase');
      }),
      { numRuns: 100 },
    );
  });
});
