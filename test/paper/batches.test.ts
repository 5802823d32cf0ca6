/** A binder in pieces: what is printed together, and links from one piece to another. */

import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { expect, test } from 'vitest';
import { batchesOf, childrenOf } from '../../src/cli/pdf/batches.ts';

const section = (id: string, size: number, ...links: string[]) =>
  h('section', { id }, [
    ...links.map((link) => h('a', { href: `#${link}` }, link)),
    ...Array.from({ length: size }, () => h('p')),
  ]);

test('sections stay whole and in their order, the front by itself, and no batch is too large', () => {
  const sizes = [10, 4000, 4000, 4000, 12_000, 10];
  const batches = batchesOf(
    [section('cover', 5), section('contents', 5)],
    sizes.map((size, index) => section(`s${index}`, size)),
    '/binder',
  );
  expect(batches.map(({ sections }) => sections.map(({ properties }) => properties['id']))).toEqual([
    ['cover', 'contents'],
    ['s0', 's1', 's2'],
    ['s3'],
    ['s4'],
    ['s5'],
  ]);
  expect(batches.map(({ elements }) => elements)).toEqual([12, 8013, 4001, 12_001, 11]);
});

test('a link out of its batch names the place elsewhere, which is wanted there; one to nowhere is no link', () => {
  const [front, body] = batchesOf(
    [section('contents', 0, 'a', 'b', 'a')],
    [section('a', 0, 'b', 'contents', 'gone'), section('b', 0)],
    '/binder',
  );
  expect(front && toHtml(childrenOf(front))).toBe(
    '<section id="contents"><a href="/binder#a">a</a><a href="/binder#b">b</a><a href="/binder#a">a</a></section><div hidden><a href="#contents"></a></div>',
  );
  expect(body && toHtml(childrenOf(body))).toBe(
    '<section id="a"><a href="#b">b</a><a href="/binder#contents">contents</a><a>gone</a></section><section id="b"></section><div hidden><a href="#a"></a><a href="#b"></a></div>',
  );
});
