/** An installed browser that prints documents made from a built site. It is given files of that site and nothing else. */

import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { mediaTypes } from '../../site/media-types.ts';
import { CannotRun, type Outside } from '../command.ts';
import { findBrowser, headlessShell } from '../find-browser.ts';

/** Prints documents, one after the other, in one browser. */
export interface Printer {
  /**
   * Lays a document out for paper and prints it.
   *
   * @param html the document
   * @param sheets style sheets that it asks for beside those of the site, by name
   */
  print: (html: string, sheets: Readonly<Record<string, string>>, options?: PrintOptions) => Promise<Uint8Array>;
  close: () => Promise<void>;
}

interface PrintOptions {
  /** What is done in the page before it is printed. */
  prepare?: (page: Page) => Promise<void>;
  /** Prints without tags and bookmarks, in less time, where only the places of things are asked for. */
  draft?: boolean;
}

// No name of the network: every request is answered here or refused.
export const origin = 'http://firebreak.invalid';

/**
 * The browser that prints.
 *
 * @throws CannotRun with one line that says what to install
 */
export function requirePrinter(env: Outside['env']): string {
  // The headless shell draws two to three times faster, where it is installed.
  const path = findBrowser(env, [headlessShell]);
  if (path) return path;
  throw new CannotRun(
    'Printing needs Chromium, Google Chrome or Microsoft Edge: install one (on Debian and Ubuntu: apt-get install chromium), or set CHROME_PATH to it.',
  );
}

/** Starts a browser over the folder of a built site. */
export async function openPrinter(executablePath: string, folder: string): Promise<Printer> {
  const { chromium } = await import('playwright-core');
  const browser = await chromium
    .launch({
      executablePath,
      // Chromium refuses its sandbox to root.
      chromiumSandbox: process.getuid?.() !== 0,
      args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
    })
    .catch((reason: Error) => {
      throw new CannotRun(`${executablePath} did not start: ${reason.message.split('\n')[0]}`);
    });
  return {
    print: (html, sheets, options) => print(browser, folder, html, sheets, options),
    close: () => browser.close(),
  };
}

async function print(
  browser: Browser,
  folder: string,
  html: string,
  sheets: Readonly<Record<string, string>>,
  { prepare, draft = false }: PrintOptions = {},
): Promise<Uint8Array> {
  const page = await browser.newPage();
  try {
    // A binder is a long document, and a machine may be slow: it ends when it is done.
    page.setDefaultTimeout(0);
    await page.emulateMedia({ media: 'print', colorScheme: 'light', contrast: 'no-preference' });
    const missing: string[] = [];
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      const path = decodeURIComponent(url.pathname);
      const own = path === '/' ? html : sheets[path.slice(1)];
      if (url.origin !== origin) await route.abort();
      else if (own !== undefined)
        await route.fulfill({ body: own, contentType: path === '/' ? 'text/html; charset=utf-8' : 'text/css' });
      else {
        const body = await fileOf(folder, path);
        if (!body) missing.push(path);
        await (body
          ? route.fulfill({ body, contentType: mediaTypes[extname(path)] ?? 'application/octet-stream' })
          : route.abort());
      }
    });
    await page.goto(`${origin}/`, { waitUntil: 'load' });
    await page.evaluate(async () => {
      // Margin boxes do not ask for a typeface before they are printed, which may be too late.
      await Promise.all([...document.fonts].map((font) => font.load()));
      await document.fonts.ready;
    });
    await prepare?.(page);
    if (missing.length > 0) throw new Error(`The built site lacks ${missing.join(', ')}.`);
    return await page
      .pdf({ tagged: !draft, outline: !draft, preferCSSPageSize: true, printBackground: true })
      .catch((reason: Error) => {
        throw new CannotRun(
          `The browser could not print: ${reason.message.split('\n')[0]}. Nothing was written. It may have been ended or had too little memory: print one runbook (--runbook ID) or role (--role ID) at a time.`,
        );
      });
  } finally {
    await page.close();
  }
}

async function fileOf(folder: string, path: string): Promise<Buffer | undefined> {
  const file = normalize(join(folder, path));
  return file.startsWith(folder + sep) ? readFile(file).catch(() => undefined) : undefined;
}
