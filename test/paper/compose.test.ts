/** Pages of a site as parts of a document for paper, without a browser. */
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { expect, test } from 'vitest';
import { paperDocument, paperPart, readPage, tellHistory } from '../../src/site/paper/compose.ts';
import { strictestMark } from '../../src/site/paper/front.ts';
import { type BinderPart, binderChapters } from '../../src/site/paper/selection.ts';
import { compiledWith } from '../fixture-plan.ts';

const part: BinderPart = { path: 'runbooks/a/', name: 'runbook-a' };
const frame = {
  parts: new Map([
    ['runbooks/a/', 'runbook-a'],
    ['worksheets/w/', 'worksheet-w'],
  ]),
  base: '/plan/',
  inFull: 'In full',
  pageOf: (id: string) => [h('b', id)],
};
const drawn = (main: string, of: BinderPart = part) =>
  toHtml(paperPart(of, readPage(`<html><body><main class="m">${main}</main></body></html>`), frame));

test('ids get the name of the part, and everything that names an id follows', () => {
  const html = drawn(
    '<h2 id="x">X</h2><section aria-labelledby="x y"><label for="y">Y</label><input id="y"></section><a href="#x">up</a>',
  );
  expect(html).toContain('<h2 id="runbook-a--x">');
  expect(html).toContain('aria-labelledby="runbook-a--x runbook-a--y"');
  expect(html).toContain('for="runbook-a--y"');
  expect(html).toContain('href="#runbook-a--x"');
});

test('a link to another part leads there and names its page; one out of the binder leads nowhere', () => {
  const html = drawn(
    '<a href="/plan/worksheets/w/">W</a> <a href="/plan/worksheets/w/#s">S</a> <a href="/plan/runbooks/a/#x">self</a> <a href="/plan/roles/r/">R</a> <a href="#gone">G</a> <a href="https://example.org/">E</a>',
  );
  expect(html).toContain('<a href="#worksheet-w">W</a><b>worksheet-w</b>');
  expect(html).toContain('<a href="#worksheet-w--s">S</a><b>worksheet-w--s</b>');
  expect(html).toContain('<a href="#runbook-a--x">self</a> ');
  expect(html).toContain('<a>R</a> <a>G</a> <a href="https://example.org/">E</a>');
});

test('what only a screen needs is left out, and what is folded is open', () => {
  const html = drawn(
    '<script src="/x.js"></script><nav class="rail">rail</nav><dialog>d</dialog><details><summary>s</summary>in</details><img src="/plan/i.png" loading="lazy">',
  );
  expect(html).not.toMatch(/script|rail|dialog|lazy/);
  expect(html).toContain('<details open>');
});

const step = (id: string, role: string) =>
  `<article class="step step-plain" id="${id}"><header class="step-head"><a class="step-number" href="#${id}">RW 1</a><h3 class="step-instruction">Do ${id}</h3></header><ul class="marks"><li class="mark mark-role">${role}</li><li class="mark mark-time">5 min</li></ul><details class="step-detail"><div class="step-how">How ${id}</div></details></article>`;

test('for a role its own steps and the first minutes stay whole, and the others are a line with who does it', () => {
  const html = drawn(
    `<section class="chapter first-minutes">${step('one', 'Analyst')}</section><section class="chapter phase-3"><aside class="caution">Mind the dog</aside>${step('two', 'Analyst')}${step('three', 'Scribe')}</section>`,
    { ...part, ownSteps: new Set(['three']) },
  );
  expect(html).toContain('How one');
  expect(html).toContain('How three');
  expect(html).toContain('Do two');
  expect(html).toContain('Mind the dog');
  expect(html).not.toContain('How two');
  expect(html.match(/5 min/g)).toHaveLength(2);
});

test('an action that stands elsewhere keeps its parts, its cautions and what holds here, and says where it is in full', () => {
  const html = drawn(
    '<article class="step step-action" id="s"><div class="step-how"><div class="step-here">Only here</div><p>Introduction</p><div class="parts"><aside class="caution">Danger</aside><section class="part"><p class="part-instruction">14a Pull the cable</p><div class="command">ip link</div></section></div><div class="verify">Verify</div><p class="step-source"><a href="/plan/worksheets/w/">The action by itself</a></p></div></article>',
    { ...part, actionsElsewhere: true },
  );
  for (const kept of ['Only here', 'Danger', '14a Pull the cable', 'In full</a><b>worksheet-w</b>'])
    expect(html).toContain(kept);
  for (const left of ['Introduction', 'ip link', 'Verify']) expect(html).not.toContain(left);
});

test('a document asks for nothing but style sheets, images and typefaces of the site', () => {
  const html = paperDocument({ title: 'A & B', language: 'de' }, ['/a.css'], [h('p', 'x')]);
  expect(html).toContain('<html lang="de">');
  expect(html).toContain('<title>A &#x26; B</title>');
  expect(html).toMatch(
    /content="default-src &#x27;none&#x27;; style-src &#x27;self&#x27;; img-src &#x27;self&#x27;; font-src &#x27;self&#x27;;/,
  );
});

test('a binder is marked by the strictest of what it holds', async () => {
  const { plan } = await compiledWith({});
  if (!plan) throw new Error('the plan has faults');
  expect(strictestMark(plan, [])).toBe('AMBER');
  const [runbook] = [...plan.documents.values()].filter(({ kind }) => kind === 'runbook');
  if (!runbook) throw new Error('no runbook');
  const marked = (tlp: string) => ({ ...runbook, data: { ...runbook.data, tlp } }) as typeof runbook;
  expect(strictestMark(plan, [marked('GREEN')])).toBe('AMBER');
  expect(strictestMark(plan, [marked('GREEN'), marked('AMBER+STRICT')])).toBe('AMBER+STRICT');
});

test('a binder of the plan holds the runbooks, then their actions, the contacts, the messages and the worksheets', async () => {
  const { plan } = await compiledWith({});
  if (!plan) throw new Error('the plan has faults');
  const names = binderChapters(plan, { of: 'plan' }).map(({ id, parts }) => [id, ...parts.map(({ name }) => name)]);
  expect(names).toEqual([
    ['start', 'home'],
    ['runbook', 'runbook-ransomware'],
    ['action', 'action-isolate-host'],
    ['contact', 'contacts'],
    ['message', 'message-staff-notice'],
    ['worksheet', 'worksheet-five-ws'],
  ]);
});

test('where a page leads to its history, the newest versions stand on paper, and how many are older', async () => {
  const main = (html: string) => readPage(`<html><body><main>${html}</main></body></html>`);
  const standing = (lines: string) =>
    `<dl class="facts standing"><dt>Owner</dt><dd>Boss</dd><dt>History</dt>${lines}</dl>`;
  const version = (day: string, why: string) =>
    `<li class="version"><p class="version-head"><time>${day}</time> <span class="version-by">by Alice</span></p><p class="version-why">${why}</p><p class="version-links"><a class="version-id">version 1234abcd</a> <a>text</a></p></li>`;
  const history = main(
    `<ol class="versions">${version('2026-03-03', 'Third')}${version('2026-03-02', 'Second')}${version('2026-03-01', 'First')}</ol>`,
  );
  const page = main(standing('<dd><a href="/history/runbooks/a/">All versions</a></dd><dd><a href="/b/">B</a></dd>'));
  await tellHistory(
    page,
    '/history/runbooks/a/',
    async () => history,
    2,
    (count) => `${count} older`,
  );
  const lines = [
    '<li><span class="paper-day">2026-03-03</span> Third (version 1234abcd, by Alice)</li>',
    '<li><span class="paper-day">2026-03-02</span> Second (version 1234abcd, by Alice)</li>',
    '<li>1 older</li>',
  ];
  expect(toHtml(page.children)).toBe(
    standing(`<dd><ul class="paper-versions">${lines.join('')}</ul></dd><dd><a href="/b/">B</a></dd>`),
  );
  const unknown = main(standing('<dd><a href="/history/runbooks/a/">All versions</a></dd>'));
  await tellHistory(unknown, '/history/runbooks/a/', async () => main('<p>Unknown</p>'), 2, String);
  expect(toHtml(unknown.children)).toContain('All versions');
  const elsewhere = main(standing('<dd><a href="/history/">Nothing is known</a></dd>'));
  await tellHistory(elsewhere, '/history/runbooks/a/', () => Promise.reject(new Error('no such page')), 2, String);
  expect(toHtml(elsewhere.children)).toContain('Nothing is known');
});
