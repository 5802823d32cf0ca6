import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/compile/digest.ts';
import { compiledWith } from '../fixture-plan.ts';

/** The same value with its keys in the opposite order, and with positions that differ. */
function rearranged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rearranged);
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, rearranged(inner)]);
  return Object.fromEntries([['position', { start: Math.random() }], ...entries.reverse()]);
}

const key = fc.constantFrom('title', 'children', 'value', 'type', 'attributes', 'b', 'a');
const tree = fc.dictionary(
  key,
  fc.oneof(fc.string(), fc.integer(), fc.array(fc.dictionary(key, fc.string(), { noNullPrototype: true }))),
  { noNullPrototype: true },
);

describe('a digest', () => {
  test('is the same for other positions and another order of keys', () => {
    fc.assert(fc.property(tree, (value) => void expect(digestOf(rearranged(value))).toBe(digestOf(value))));
  });

  test('differs where the value differs', () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        fc.pre(JSON.stringify(rearrangedPlain(a)) !== JSON.stringify(rearrangedPlain(b)));
        expect(digestOf(a)).not.toBe(digestOf(b));
      }),
    );
  });

  const page = (front: string, body: string) => `---\n${front}\n---\n\n${body}\n`;
  const digest = async (text: string) =>
    (await compiledWith({ 'pages/note.mdx': text })).plan?.documents.get('page:note')?.digest;

  test('of a document means what it says, not how it is laid out or stands', async () => {
    const said = await digest(page('title: Note\nsummary: A page.', 'One **two** three.\n\n<Note>Text.</Note>'));
    expect(
      await digest(page('summary: "A page."\ntitle: Note', '\n\nOne **two** three.\n\n<Note>\n\nText.\n\n</Note>')),
    ).toBe(said);
    expect(
      await digest(
        page(
          'title: Note\nsummary: A page.\nstatus: approved\nunapproved: {since: "2026-10-05", due: "2026-10-06", role: responder, why: It burnt.}\nreview: {last: "2026-10-05"}\napprovals: [{by: A. Example, role: responder, on: "2026-10-06"}]',
          'One **two** three.\n\n<Note>Text.</Note>',
        ),
      ),
    ).toBe(said);
    expect(await digest(page('title: Note\nsummary: A page.', 'One two three.\n\n<Note>Text.</Note>'))).not.toBe(said);
    expect(
      await digest(page('title: Note\nsummary: Another page.', 'One **two** three.\n\n<Note>Text.</Note>')),
    ).not.toBe(said);
  });

  test('of a runbook changes with the actions that it uses', async () => {
    const of = async (texts: Record<string, string>) =>
      (await compiledWith(texts)).plan?.documents.get('runbook:ransomware')?.digest;
    const action = (risk: string) =>
      `---\ntitle: Isolate\nsummary: Isolate.\nrole: responder\nrisks: [${risk}]\n---\n\n<Part id="unplug">\nUnplug the cable.\n</Part>\n`;
    const one = await of({ 'actions/isolate-host.mdx': action('None.') });
    expect(await of({ 'actions/isolate-host.mdx': action('None.') })).toBe(one);
    expect(await of({ 'actions/isolate-host.mdx': action('Some.') })).not.toBe(one);
    expect(await of({ 'terms/runbook.yaml': 'title: Runbook\nsummary: Another.\n' })).toBe(await of({}));
  });
});

/** What a digest compares: keys in order, without the space around line breaks that editors change. */
function rearrangedPlain(value: unknown, name = ''): unknown {
  if (name === 'value' && typeof value === 'string') return value.replace(/[ \t]*\r?\n[ \t]*/g, '\n');
  if (Array.isArray(value)) return value.map((inner) => rearrangedPlain(inner));
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, rearrangedPlain(inner, key)]),
  );
}
