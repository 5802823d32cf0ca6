import fc from 'fast-check';
import type { BlockContent, ListItem, PhrasingContent, Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { compileFiles } from '../../src/compile/index.ts';
import { load } from '../../src/compile/load.ts';
import { draftsOf, finish, type ImportedKind, readSource } from '../../src/imports/index.ts';
import type { Plan } from '../../src/model/plan.ts';
import { minimal, now } from '../fixture-plan.ts';

// Words that no text of the import has, so that a lost one cannot hide behind ours.
const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{5,9}$/).map((letters) => `q${letters}`);
const signs = fc.constantFrom(
  '{',
  '}',
  '<',
  '</',
  '<x>',
  '<!-- c -->',
  '{a.b}',
  '`',
  '[',
  '![',
  '](',
  '*',
  '_',
  '~',
  '|',
  '&amp;',
  '$',
  '<Step>',
  'export',
  'import x',
  '#',
  '\\',
  ':',
  '<br>',
  '<https://example.org>',
  '====',
  '---',
  '1.',
  '+',
  '>',
);
const said = fc
  .array(fc.oneof({ weight: 4, arbitrary: word }, signs), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(' '));
const text = said.map((value): PhrasingContent => ({ type: 'text', value }));
const phrasing: fc.Arbitrary<PhrasingContent[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: text },
    word.map((value): PhrasingContent => ({ type: 'strong', children: [{ type: 'text', value }] })),
    word.map((value): PhrasingContent => ({ type: 'inlineCode', value })),
    fc
      .tuple(word, fc.constantFrom('https://example.org/', './', '#', 'javascript:', 'mailto:a@example.org?', '/'))
      .map(
        ([value, url]): PhrasingContent => ({ type: 'link', url: url + value, children: [{ type: 'text', value }] }),
      ),
    word.map((value): PhrasingContent => ({ type: 'image', url: `${value}.png`, alt: value })),
    word.map((value): PhrasingContent => ({ type: 'html', value: `<kbd title="x">${value}</kbd>` })),
    fc.constant<PhrasingContent>({ type: 'break' }),
  ),
  { minLength: 1, maxLength: 4 },
);
const paragraph = phrasing.map(
  (children): BlockContent => ({ type: 'paragraph', children: [{ type: 'text', value: 'so' }, ...children] }),
);
const code = fc
  .tuple(word, fc.constantFrom('bash', 'kql', '', 'yaml'))
  .map(([value, lang]): BlockContent => ({ type: 'code', lang: lang || null, value: `${value} <host> {x}` }));
const { block } = fc.letrec<{ block: BlockContent }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    paragraph,
    code,
    fc
      .tuple(
        fc.boolean(),
        fc.array(fc.tuple(fc.constantFrom(true, false, null), fc.array(tie('block'), { minLength: 1, maxLength: 3 })), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(
        ([ordered, items]): BlockContent => ({
          type: 'list',
          ordered,
          spread: false,
          children: items.map(
            ([checked, children]): ListItem => ({ type: 'listItem', checked, spread: false, children }),
          ),
        }),
      ),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 2 })
      .map((children): BlockContent => ({ type: 'blockquote', children })),
    fc.array(fc.tuple(word, word), { minLength: 2, maxLength: 3 }).map(
      (rows): BlockContent => ({
        type: 'table',
        children: rows.map((cells) => ({
          type: 'tableRow',
          children: cells.map((value) => ({ type: 'tableCell', children: [{ type: 'text', value }] })),
        })),
      }),
    ),
    word.map((value): BlockContent => ({ type: 'html', value: `<div><p>${value}</p><script>none</script></div>` })),
    word.map((value): BlockContent => ({ type: 'html', value: `<!-- ${value} -->` })),
  ),
}));
const heading = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.oneof(
      word,
      fc.constantFrom(
        'Containment',
        'Phase 2: Detection',
        'Eradicate & Recover',
        'Lessons Learned',
        'Do not',
        'References',
        'Immediate actions',
      ),
    ),
  )
  .map(([depth, value]): RootContent => ({ type: 'heading', depth: depth as 1, children: [{ type: 'text', value }] }));
const documents = fc.array(
  fc.oneof({ weight: 2, arbitrary: heading }, { weight: 3, arbitrary: block as fc.Arbitrary<RootContent> }),
  { minLength: 1, maxLength: 8 },
);
const front = fc.option(
  fc.tuple(word, word).map(([a, b]) => `---\ntitle: ${a}\ntags: [${b}, 2024-01-01] # ${a}${b}\n---\n\n`),
  { nil: '' },
);
const writer = unified().use(remarkStringify).use(remarkGfm).freeze();

test('no word of any Markdown document is lost, and the draft has no error', async () => {
  const loaded = await load(minimal);
  const { plan } = compileFiles(loaded, now);
  await fc.assert(
    fc.asyncProperty(
      documents,
      front,
      fc.constantFrom<ImportedKind>('runbook', 'page', 'action'),
      async (children, yaml, kind) => {
        const markdown = yaml + (writer.stringify({ type: 'root', children } as Root) as string);
        const source = await readSource('made/up.md', new TextEncoder().encode(markdown));
        const drafts = draftsOf([{ source, id: 'made-up', images: new Map() }], plan as Plan, {
          kind,
          today: '2026-11-24',
        });
        const [draft] = finish(drafts, loaded, now).finished;
        expect(draft?.errors).toEqual([]);
        expect(draft?.lost).toEqual([]);
        // The same again without the arithmetic of the import: its words are in the text that is written.
        const written =
          draft?.files.map(({ content }) => (typeof content === 'string' ? content : '')).join('\n') ?? '';
        // An address within the document is a place, not a word.
        const words = new Set(markdown.replace(/\]\(#[^)]*\)/g, '').match(/\bq[b-df-hj-np-tv-z]{5,9}\b/g));
        expect([...words].filter((one) => !written.toLowerCase().includes(one))).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});
