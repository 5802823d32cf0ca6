/**
 * How long a responder waits for hits: from a key press in the open search to the first hit on the screen, and from
 * opening the one-file copy to its first page. Each on a processor that Chromium slows six times, and at full speed.
 *
 *     npm run bench:search                # the starter plan; takes about three minutes
 */

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../src/cli/find-browser.ts';
import { findFirefox, findWebKit } from '../test/site/other-browsers/find.ts';
import { type OtherBrowser, openFirefox, openWebKit } from '../test/site/other-browsers/open.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const command = join(repository, 'scripts/firebreak.js');
const phrases = [
  'files encrypted',
  'clicked a link',
  'strange sign in',
  'laptop stolen',
  'T1486',
  'website down',
  'call the insurer',
];
/** What the issue asks for, in milliseconds, on the slowed processor. */
const targets = { key: 100, pack: 2000 };
/** Milliseconds below which a browser tells nothing of a key. */
const shortestTold = 16;
/** Milliseconds from one key to the next of somebody in a hurry. */
const typing = 120;
const port = 4990;

const executablePath = findBrowser();
if (!executablePath) throw new Error('This measures in Chromium or Chrome, and none is installed.');

const folder = mkdtempSync(join(tmpdir(), 'firebreak-search-'));
const copy = join(folder, 'plan.html');
const run = (...argv: string[]) =>
  execFileSync(process.execPath, [command, ...argv], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
run('build', '--base', '/', '--out', join(folder, 'site'));
run('pack', '--out', copy);
const server = spawn(process.execPath, [command, 'preview', '--out', join(folder, 'site'), '--port', String(port)], {
  cwd: repository,
  stdio: 'ignore',
});

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await answering(`http://localhost:${port}/`);
  for (const slowed of [1, 6]) {
    const keys = await keyTimes(browser, slowed);
    console.log(
      `key press to first hit, processor slowed ${slowed} times: median ${keys.median.toFixed(0)} ms, 95 in 100 below ${keys.high.toFixed(0)} ms, worst ${keys.worst.toFixed(0)} ms; ${(100 * keys.within).toFixed(0)} % of ${keys.count} keys within ${targets.key} ms${slowed === 6 ? ' (the target)' : ''}`,
    );
    const typed = await typingTimes(browser, slowed);
    console.log(
      `the same, a key each ${typing} ms, to the next frame: median ${typed.median.toFixed(0)} ms, 95 in 100 below ${typed.high.toFixed(0)} ms, worst ${typed.worst.toFixed(0)} ms; ${(100 * typed.within).toFixed(0)} % of ${typed.count} keys within ${targets.key} ms`,
    );
    const opening = await openingTime(browser, slowed);
    console.log(
      `one-file copy, processor slowed ${slowed} times: first page shown after ${opening.shown.toFixed(0)} ms${slowed === 1 ? ` (target ${targets.pack})` : ''}, answers after ${opening.answered.toFixed(0)} ms`,
    );
  }
  await tellOthers();
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function slow(page: Page, rate: number): Promise<void> {
  await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate });
}

/**
 * Types phrases letter by letter once the search is loaded. A key counts where hits are found for it in the end, with
 * the time until the first of them are on the screen.
 */
async function keyTimes(browser: Browser, rate: number) {
  const { context, page, field } = await openSearch(browser);
  await page.evaluate(watchKeys);
  await slow(page, rate);
  const times: number[] = [];
  for (const phrase of phrases) {
    await field.fill('');
    for (const letter of phrase) {
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      // Until nothing more comes for this key.
      await page.waitForFunction(() => {
        const { pressed, drawn, at } = (window as unknown as { keys: Keys }).keys;
        const busy = document.querySelector('dialog [data-search-found][aria-busy]');
        return pressed > 0 && drawn > 0 && !busy && performance.now() - at > 150;
      });
      const time = await page.evaluate(() => {
        const { first } = (window as unknown as { keys: Keys }).keys;
        return document.querySelector('dialog [role="option"]') ? first : undefined;
      });
      if (time !== undefined) times.push(time);
    }
  }
  await context.close();
  return summaryOf(times);
}

async function openSearch(browser: Browser) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto(`http://localhost:${port}/`);
  await page.keyboard.press('Control+k');
  const field = page.locator('dialog input[name="q"]');
  await field.fill('warm up');
  await page.locator('dialog [role="option"]').first().waitFor();
  return { context, page, field };
}

function summaryOf(times: number[]) {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  const within = times.filter((time) => time <= targets.key).length / times.length;
  return { median: at(0.5), high: at(0.95), worst: at(1), within, count: times.length };
}

/**
 * Types phrases as somebody in a hurry does, who waits for nothing: a key may come while an older one is searched. The
 * time is what the browser itself tells, from the key to the next frame, in steps of 8 ms and not below 16.
 */
async function typingTimes(browser: Browser, rate: number) {
  const { context, page, field } = await openSearch(browser);
  await page.evaluate(watchFrames, shortestTold);
  await slow(page, rate);
  const times: number[] = [];
  const told = async () => {
    await page.locator('dialog [data-search-found]:not([aria-busy])').waitFor({ state: 'attached' });
    // A frame is told a moment later; of what took less than two of them nothing is told.
    await page.waitForTimeout(500);
    return page.evaluate(() => (window as unknown as { frames: number[] }).frames.splice(0));
  };
  for (const phrase of phrases) {
    await field.fill('');
    // Emptying it is a key too.
    await told();
    const pressed = [...phrase].map(async (letter, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * typing));
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    });
    await Promise.all(pressed);
    const frames = await told();
    times.push(...frames, ...Array<number>(phrase.length - frames.length).fill(shortestTold));
  }
  await context.close();
  return summaryOf(times);
}

/** Runs in the page: how long each key took until the next frame. */
function watchFrames(shortest: number): void {
  const frames: number[] = [];
  Object.assign(window, { frames });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') frames.push(duration);
  }).observe({ type: 'event', durationThreshold: shortest } as PerformanceObserverInit);
}

/** What the page knows of the last key. */
interface Keys {
  /** When it was pressed; 0 before the first. */
  pressed: number;
  /** How often the list was drawn since then, and when the last time. */
  drawn: number;
  at: number;
  /** Milliseconds until the first hits were seen. */
  first: number | undefined;
}

/** Runs in the page, before the first key: what is asked for later may come after the key itself. */
function watchKeys(): void {
  const keys: Keys = { pressed: 0, drawn: 0, at: 0, first: undefined };
  Object.assign(window, { keys });
  const input = document.querySelector('dialog input[name="q"]') as HTMLInputElement;
  const found = document.querySelector('dialog [data-search-found]') as HTMLElement;
  input.addEventListener(
    'keydown',
    () => Object.assign(keys, { pressed: performance.now(), drawn: 0, first: undefined }),
    { capture: true },
  );
  new MutationObserver(() => {
    const { pressed } = keys;
    keys.drawn += 1;
    keys.at = performance.now();
    if (!found.querySelector('[role="option"]')) return;
    // The frame in which they are seen.
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (keys.pressed === pressed) keys.first ??= performance.now() - pressed;
      }),
    );
  }).observe(found, { childList: true });
}

/**
 * When the first page of the one-file copy stands on the screen, as the browser tells it, and when a script that asks for
 * it is answered: until then the other pages are being opened, and a click waits too.
 */
async function openingTime(browser: Browser, rate: number): Promise<{ shown: number; answered: number }> {
  const shown: number[] = [];
  const answered: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    await slow(page, rate);
    const begun = performance.now();
    await page.goto(pathToFileURL(copy).href);
    // On every page of the copy; the heading is in the file itself, before anything is opened.
    await page.locator('.pack-note').waitFor();
    answered.push(performance.now() - begun);
    shown.push(await page.evaluate(largestPaint));
    await context.close();
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[1] ?? Number.NaN;
  return { shown: median(shown), answered: median(answered) };
}

/** Runs in the page: milliseconds until the largest text or picture was painted that still stands there. */
function largestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const entries = list.getEntries() as (PerformanceEntry & { element: Element | null })[];
      // Those of the opening are gone.
      resolve(entries.findLast(({ element }) => element !== null)?.startTime ?? Number.NaN);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

/** The same in the other browsers that are installed, which nothing slows. */
async function tellOthers(): Promise<void> {
  const firefox = findFirefox();
  const webkit = findWebKit();
  for (const [name, open] of [
    ['Firefox', firefox && (() => openFirefox(firefox))],
    ['WebKit', webkit && (() => openWebKit(webkit))],
  ] as const) {
    if (!open) console.log(`one-file copy in ${name}: not measured, it is not installed`);
    else
      console.log(
        `one-file copy in ${name}: first page after ${(await openingElsewhere(open)).toFixed(0)} ms (target ${targets.pack})`,
      );
  }
}

async function openingElsewhere(open: () => Promise<OtherBrowser>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const { page, close } = await open();
    // The first page of a browser that has just been started is another matter.
    await page.goto('about:blank');
    const begun = performance.now();
    await page.goto(pathToFileURL(copy).href);
    while (!(await page.evaluate(() => document.querySelector('.pack-note') !== null).catch(() => false)))
      await new Promise((resolve) => setTimeout(resolve, 20));
    times.push(performance.now() - begun);
    await close();
  }
  return times.sort((a, b) => a - b)[1] ?? Number.NaN;
}

async function answering(address: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await fetch(address).catch(() => undefined))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${address} does not answer.`);
}
