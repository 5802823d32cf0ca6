/** What holds for every page of the built site, read as a browser would parse it. */

import { type APIRequestContext, expect, test } from '@playwright/test';
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

let pages: Parsed[] = [];
let files: Set<string> = new Set();

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) });
  const manifest = (await (await request.get('manifest.json')).json()) as { files: Record<string, string> };
  files = new Set(Object.keys(manifest.files));
  const paths = [...files].filter((path) => path.endsWith('.html')).map((path) => path.replace(/index\.html$/, ''));
  pages = [];
  for (let at = 0; at < paths.length; at += 20) pages.push(...(await Promise.all(paths.slice(at, at + 20).map((path) => parse(request, path)))));
  await request.dispose();
});

async function parse(request: APIRequestContext, path: string): Promise<Parsed> {
  const html = await (await request.get(path)).text();
  const elements: Element[] = [];
  visit(htmlToHast(html) as Root, 'element', (element) => void elements.push(element));
  return { path, html, elements, ids: new Set(elements.map((element) => String(element.properties.id ?? ''))) };
}

const here = 'http://site.example/plan/';

/** The path and anchor of a link to this site; undefined for one that leads elsewhere. */
function internal(href: string, from: string): { path: string; anchor: string } | undefined {
  const url = new URL(href, here + from);
  if (url.origin !== 'http://site.example') return undefined;
  expect(url.pathname, `${href} on ${from} leaves the base`).toMatch(/^\/plan\//);
  return { path: decodeURIComponent(url.pathname.slice('/plan/'.length)), anchor: decodeURIComponent(url.hash.slice(1)) };
}

test('there are pages for every document and view', () => {
  expect(pages.length).toBeGreaterThan(280);
  for (const path of ['', 'search/', 'library/', 'about/', 'runbooks/', 'runbooks/ransomware/', 'worksheets/five-ws/', 'techniques/T1486/', 'terms/']) expect(pages.map((page) => page.path)).toContain(path);
});

test('nothing is inline and nothing comes from another origin', () => {
  for (const { path, elements } of pages)
    for (const { tagName, properties, children } of elements) {
      expect(Object.keys(properties).filter((name) => name === 'style' || /^on[a-z]/i.test(name)), `${tagName} on ${path}`).toEqual([]);
      if (tagName === 'style') throw new Error(`${path} has an inline style sheet`);
      if (tagName === 'script') expect([path, children.length, Boolean(properties.src)]).toEqual([path, 0, true]);
      for (const name of ['src', 'srcSet', 'action', 'poster', 'data']) if (typeof properties[name] === 'string') expect(internal(properties[name] as string, path), `${tagName} ${name} on ${path}`).toBeDefined();
      if (tagName === 'link') expect(internal(String(properties.href), path), `link on ${path}`).toBeDefined();
      if (tagName === 'a') expect(String(properties.href ?? '')).not.toMatch(/^\s*(javascript|data|vbscript):/i);
    }
});

test('every page has the one policy, one h1, a title and a language', () => {
  const policies = new Set<string>();
  for (const { path, elements } of pages) {
    const meta = elements.find((element) => element.tagName === 'meta' && element.properties.httpEquiv !== undefined);
    policies.add(String(meta?.properties.content));
    expect([path, elements.filter((element) => element.tagName === 'h1').length]).toEqual([path, 1]);
    expect([path, elements.find((element) => element.tagName === 'html')?.properties.lang]).toEqual([path, 'en']);
    expect(elements.some((element) => element.tagName === 'title')).toBe(true);
  }
  expect(policies.size).toBe(1);
  const [policy = ''] = policies;
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?!)|'unsafe-eval'|https?:|\*/);
});

test('every link and anchor leads somewhere', () => {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const broken: string[] = [];
  for (const { path, elements } of pages)
    for (const { tagName, properties } of elements) {
      if (tagName !== 'a' || typeof properties.href !== 'string' || /^(mailto|tel):/.test(properties.href)) continue;
      const target = internal(properties.href, path);
      if (!target) continue;
      const page = byPath.get(target.path);
      if (!page && !files.has(target.path)) broken.push(`${path}: ${properties.href}`);
      else if (page && target.anchor && !page.ids.has(target.anchor)) broken.push(`${path}: ${properties.href} (no such anchor)`);
    }
  expect(broken).toEqual([]);
});

test('ids are unique on each page, and labels and descriptions name one', () => {
  for (const { path, elements, ids } of pages) {
    const named = elements.map((element) => element.properties.id).filter((id) => id !== undefined);
    expect([path, named.filter((id, index) => named.indexOf(id) !== index)]).toEqual([path, []]);
    for (const { properties } of elements)
      for (const name of ['htmlFor', 'ariaLabelledBy', 'ariaDescribedBy', 'ariaControls']) {
        const value = properties[name];
        for (const id of Array.isArray(value) ? value : typeof value === 'string' ? value.split(' ') : []) expect(ids.has(String(id)), `${name}="${id}" on ${path}`).toBe(true);
      }
  }
});

test('no placeholder was left, and no variable is unfilled', () => {
  for (const { path, html } of pages) {
    const text = html.replace(/<pre[\s\S]*?<\/pre>|<code[\s\S]*?<\/code>/g, '').replace(/<[^>]+>/g, ' ');
    expect([path, text.match(/\bTODO\b|\bTBD\b|undefined|\[object Object\]|\{[a-zA-Z]+(\.[a-zA-Z]+)+\}/)?.[0]]).toEqual([path, undefined]);
  }
});
