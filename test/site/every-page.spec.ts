/** What holds for every page of the built site, read as a browser would parse it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Element, Root } from 'hast';
import { htmlToHast } from 'satteri';
import { visit } from 'unist-util-visit';

interface Parsed {
  /** Path from the base: `runbooks/ransomware/`. */
  path: string;
  html: string;
  elements: Element[];
  ids: Set<string>;
}

const folder = '.firebreak/test-site';
const origin = 'http://site.example';
let pages: Parsed[] = [];
let files: Set<string> = new Set();

test.describe.configure({ mode: 'serial' });

test.beforeAll(() => {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  files = new Set(all);
  pages = all.filter((path) => path.endsWith('.html')).map(parse);
});

function parse(file: string): Parsed {
  const html = readFileSync(join(folder, file), 'utf8');
  const elements: Element[] = [];
  visit(htmlToHast(html) as Root, 'element', (element) => void elements.push(element));
  const ids = new Set(elements.map((element) => String(element.properties.id ?? '')));
  return { path: file.replace(/index\.html$/, ''), html, elements, ids };
}

/** Where a link to this site leads; undefined for one that leads elsewhere, `outside` for one that leaves the base. */
function internal(href: string, from: string): { path: string; anchor: string } | 'outside' | undefined {
  const url = new URL(href, `${origin}/plan/${from}`);
  if (url.origin !== origin) return undefined;
  if (!url.pathname.startsWith('/plan/')) return 'outside';
  return {
    path: decodeURIComponent(url.pathname.slice('/plan/'.length)),
    anchor: decodeURIComponent(url.hash.slice(1)),
  };
}

test('there are pages for every document and view', () => {
  expect(pages.length).toBeGreaterThan(280);
  expect(pages.map((page) => page.path)).toEqual(
    expect.arrayContaining([
      '',
      'search/',
      'library/',
      'about/',
      'runbooks/',
      'runbooks/ransomware/',
      'worksheets/five-ws/',
      'techniques/T1486/',
      'terms/',
    ]),
  );
});

test('nothing is inline, nothing comes from another origin, and nothing leaves the base', () => {
  const faults: string[] = [];
  for (const { path, elements } of pages)
    for (const { tagName, properties, children } of elements) {
      const fault = (what: string) => faults.push(`${path}: ${tagName} ${what}`);
      for (const name of Object.keys(properties)) if (name === 'style' || /^on[a-z]/i.test(name)) fault(`has ${name}`);
      if (tagName === 'style') fault('is inline');
      if (tagName === 'script' && (children.length > 0 || !properties.src)) fault('is inline');
      for (const name of ['src', 'srcSet', 'action', 'poster', 'data']) {
        const value = properties[name];
        if (typeof value === 'string' && typeof internal(value, path) !== 'object') fault(`has ${name} ${value}`);
      }
      if (tagName === 'link' && typeof internal(String(properties.href), path) !== 'object')
        fault(`leads to ${String(properties.href)}`);
      if (tagName === 'a' && /^\s*(javascript|data|vbscript):/i.test(String(properties.href ?? '')))
        fault(`leads to ${String(properties.href)}`);
    }
  expect(faults).toEqual([]);
});

test('every page has the one policy, one h1, a title and a language', () => {
  const policies = new Set<string>();
  const faults: string[] = [];
  for (const { path, elements } of pages) {
    const meta = elements.find((element) => element.tagName === 'meta' && element.properties.httpEquiv !== undefined);
    policies.add(String(meta?.properties.content));
    if (elements.filter((element) => element.tagName === 'h1').length !== 1) faults.push(`${path}: not one h1`);
    if (elements.find((element) => element.tagName === 'html')?.properties.lang !== 'en')
      faults.push(`${path}: no language`);
    if (!elements.some((element) => element.tagName === 'title')) faults.push(`${path}: no title`);
  }
  expect(faults).toEqual([]);
  expect(policies.size).toBe(1);
  const [policy = ''] = policies;
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
});

test('every link and anchor leads somewhere', () => {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const faults: string[] = [];
  for (const { path, elements } of pages)
    for (const { tagName, properties } of elements) {
      if (tagName !== 'a' || typeof properties.href !== 'string' || /^(mailto|tel):/.test(properties.href)) continue;
      const target = internal(properties.href, path);
      if (!target) continue;
      const page = target === 'outside' ? undefined : byPath.get(target.path);
      if (target === 'outside' || (!page && !files.has(target.path))) faults.push(`${path}: ${properties.href}`);
      else if (page && target.anchor && !page.ids.has(target.anchor))
        faults.push(`${path}: ${properties.href} has no such anchor`);
    }
  expect(faults).toEqual([]);
});

test('ids are unique on each page, and labels and descriptions name one', () => {
  const faults: string[] = [];
  for (const { path, elements, ids } of pages) {
    const seen = new Set<string>();
    for (const { properties } of elements) {
      const id = properties.id === undefined ? undefined : String(properties.id);
      if (id !== undefined && seen.has(id)) faults.push(`${path}: ${id} twice`);
      if (id !== undefined) seen.add(id);
      for (const name of ['htmlFor', 'ariaLabelledBy', 'ariaDescribedBy', 'ariaControls']) {
        const value = properties[name];
        const named = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(' ') : [];
        for (const other of named) if (!ids.has(other)) faults.push(`${path}: ${name} names ${other}`);
      }
    }
  }
  expect(faults).toEqual([]);
});

test('no placeholder was left, no variable is unfilled, and no path of the machine shows', () => {
  const faults = pages.flatMap(({ path, html }) => {
    const text = html.replace(/<pre[\s\S]*?<\/pre>|<code[\s\S]*?<\/code>/g, '').replace(/<[^>]+>/g, ' ');
    const found = /\bTODO\b|\bTBD\b|\bundefined\b|\[object Object\]|\{[a-zA-Z]+(\.[a-zA-Z]+)+\}/.exec(text)?.[0];
    return [
      ...(found ? [`${path}: ${found}`] : []),
      ...(html.includes(process.cwd()) ? [`${path}: ${process.cwd()}`] : []),
    ];
  });
  expect(faults).toEqual([]);
});
