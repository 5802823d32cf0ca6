/** Whatever stands in a plan, checking it ends with diagnostics and never with an exception. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allDiagnostics } from '../../src/diagnostics/report.ts';
import { reporters } from '../../src/diagnostics/reporters/index.ts';
import { compiledWith, minimal } from '../fixture-plan.ts';

const paths = [
  'plan.yaml',
  'runbooks/ransomware.mdx',
  'actions/isolate-host.mdx',
  'worksheets/five-ws.yaml',
  'phases/recovery.mdx',
  'exercises/friday-night.yaml',
];
const texts = new Map(paths.map((path) => [path, readFileSync(join(minimal, path), 'utf8')]));

const scrap = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '{',
    '}',
    '"',
    "'",
    '`',
    '```\n',
    '\n\n',
    '---\n',
    '<Step>',
    '</Step>',
    '<Variant>',
    '<Variant for="">\n\nx\n\n</Variant>',
    '<Placeholder name="x" type="text" pattern="[" />',
    '<Evidence kind="x" />',
    '<Use id="u" />',
    '<Decision id="d" otherwise="x" after="d" />',
    '<Option id="o" to="#" />',
    'null',
    '~',
    '[]',
    '{}',
    '2026-02-30',
    '&a',
    '*a',
    '\t',
    '\r',
    '\u2028',
    '😀',
    '\uD800',
    '- ',
    '> ',
    '| a |\n|-|\n',
    '[^1]',
    '[a]: javascript:x\n',
    '![',
    '](',
    '$',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const change = fc.record({
  path: fc.constantFrom(...paths),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 40 }),
  scrap,
});

async function expectTold(changed: Record<string, string>): Promise<void> {
  const { files } = await compiledWith(changed);
  for (const diagnostic of allDiagnostics(files)) {
    expect(diagnostic.reason).not.toMatch(/undefined|\[object |NaN/);
    const range = diagnostic.place;
    if (!range || !('start' in range)) continue;
    const text = String(files.find((file) => file.path === diagnostic.file));
    expect(range.start.offset).toBeLessThanOrEqual(text.length);
    expect(range.end.offset).toBeGreaterThanOrEqual(range.start.offset as number);
  }
  for (const reporter of Object.values(reporters)) reporter(files, { color: true, prefix: '', documents: 0 });
}

describe('a plan with faults', () => {
  test('anywhere is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed: Record<string, string> = {};
        for (const { path, at, cut, scrap: put } of changes) {
          const text = changed[path] ?? (texts.get(path) as string);
          const from = Math.floor(at * text.length);
          changed[path] = text.slice(0, from) + put + text.slice(from + cut);
        }
        await expectTold(changed);
      }),
      { numRuns: 60 },
    );
  });

  test('in a line that is missing or doubled is told', async () => {
    const runbook = (texts.get('runbooks/ransomware.mdx') as string).split('\n');
    for (let line = 0; line < runbook.length; line += 1) {
      await expectTold({ 'runbooks/ransomware.mdx': runbook.toSpliced(line, 1).join('\n') });
      await expectTold({ 'runbooks/ransomware.mdx': runbook.toSpliced(line, 0, runbook[line] as string).join('\n') });
    }
  });

  test.each([
    ['a variant without a tool', '<Variant>\nRead the journal.\n</Variant>'],
    [
      'a pattern that is none',
      '<Command shell="bash" on="a" as="b" checked="run" checkedOn="2026-11-24" checkedWhere="c">\n\n```bash\nls "<x>"\n```\n\n<Placeholder name="x" type="text" pattern="[">The file.</Placeholder>\n\n</Command>',
    ],
    [
      'a pattern that takes for ever',
      '<Command shell="bash" on="a" as="b" checked="run" checkedOn="2026-11-24" checkedWhere="c">\n\n```bash\nls "<x>"\n```\n\n<Placeholder name="x" type="text" pattern="^(([0-9a-f]+)+)+$">The file.</Placeholder>\n\n</Command>',
    ],
    ['evidence of no kind', '<Evidence kind="memry">All of it.</Evidence>'],
    ['an empty command', '<Command>\n\n```bash\nls\n```\n\n</Command>'],
  ])('%s', async (_, inside) => {
    const runbook = texts.get('runbooks/ransomware.mdx') as string;
    await expectTold({
      'runbooks/ransomware.mdx': runbook.replace('Find the root cause.\n', `Find the root cause.\n\n${inside}\n`),
    });
  });
});
