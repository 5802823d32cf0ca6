/**
 * How long somebody who edits a runbook waits: from the moment at which the file is saved to the moment at which Chromium
 * shows the new text, and what takes how much of it.
 *
 *     npm run bench:dev                      # 300 runbooks, 20 saves; takes about two minutes
 *     npm run bench:dev -- --runbooks 1000 --saves 50
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../src/cli/find-browser.ts';
import { repository } from './folders.ts';
import { makeContent, writeFiles } from './make-content.ts';
import { median } from './measure.ts';

const { values } = parseArgs({
  options: { runbooks: { type: 'string', default: '300' }, saves: { type: 'string', default: '20' } },
});
const saves = Number(values.saves);
/** What the issue asks for, in milliseconds, with 300 runbooks. */
const target = 200;
const port = 4992;
const address = `http://localhost:${port}/runbooks/runbook-0005/`;
// Below the repository, where its packages are found.
const project = join(repository, '.firebreak/bench-dev');
const file = join(project, 'content/runbooks/runbook-0005.mdx');

/** One save, in milliseconds since the epoch. */
interface Save {
  written: number;
  /** When the page asked for the new text, had it, and showed it. */
  asked: number;
  answered: number;
  shown: number;
  /** When the plan was checked, and the page says so. */
  checked: number;
}

type Shown = Omit<Save, 'written' | 'checked'>;

const executablePath = findBrowser();
if (!executablePath) throw new Error('This measures in Chromium or Chrome, and none is installed.');

await writeFiles(join(project, 'content/'), makeContent(Number(values.runbooks)).plan);
const text = readFileSync(file, 'utf8');
const server = spawn(process.execPath, [`${repository}scripts/firebreak.js`, 'dev', '--port', String(port)], {
  cwd: project,
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await listening(server);
  const page = await browser.newPage();
  const seen = await watching(page);
  // The first pages are slow: Vite reads the engine's modules when they are first asked for.
  for (let round = 1; round <= 3; round += 1) await saved(round, seen, page);
  console.log(`${values.runbooks} runbooks, ${saves} saves of each kind, in milliseconds: median (worst)`);
  for (const [kind, save] of [
    ['written in place', (content: string) => writeFileSync(file, content)],
    ['written beside and renamed', (content: string) => replaceFile(content)],
  ] as const) {
    const all: Save[] = [];
    for (let round = 0; round < saves; round += 1) all.push(await saved(100 + round, seen, page, save));
    tell(kind, all);
  }
} finally {
  await browser.close();
  server.kill();
}

function tell(kind: string, all: readonly Save[]): void {
  const line = (from: keyof Save, to: keyof Save) => {
    const times = all.map((save) => save[to] - save[from]);
    return `${median(times).toFixed(0)} (${Math.max(...times).toFixed(0)})`;
  };
  console.log(`${kind}: saved to shown ${line('written', 'shown')}, target ${target}`);
  console.log(`  from saving until the page asks, with reading, parsing and linking: ${line('written', 'asked')}`);
  console.log(`  drawn and sent by the server: ${line('asked', 'answered')}`);
  console.log(`  shown by the browser: ${line('answered', 'shown')}`);
  console.log(`  saved to checked, and told on the page: ${line('written', 'checked')}`);
}

/** Has the page tell when it shows a text. Gives a function that waits for one. */
async function watching(page: Page): Promise<(wanted: string) => Promise<Shown>> {
  let waiting: { wanted: string; resolve: (times: Shown) => void } | undefined;
  await page.exposeFunction('firebreakShown', (shown: string, times: Shown) => {
    if (waiting && shown === waiting.wanted) waiting.resolve(times);
  });
  await page.addInitScript(() => {
    const find = () => /Change number \d+\./.exec(document.querySelector('#first-minutes')?.textContent ?? '')?.[0];
    const tellIt = (shown: string) =>
      // The frame after the next begins when that has been painted.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const asked = performance.getEntriesByName(location.href).at(-1) as PerformanceResourceTiming;
          const at = (time: number) => performance.timeOrigin + time;
          const times = { asked: at(asked.startTime), answered: at(asked.responseEnd), shown: at(performance.now()) };
          void (window as unknown as { firebreakShown: (...words: unknown[]) => void }).firebreakShown(shown, times);
        }),
      );
    let before: string | undefined;
    const observer = new MutationObserver(() => {
      const shown = find();
      if (shown === undefined || shown === before) return;
      before = shown;
      tellIt(shown);
    });
    observer.observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(address);
  await page.locator('#first-minutes').waitFor();
  return (wanted) =>
    new Promise((resolve) => {
      waiting = { wanted, resolve };
    });
}

/** Saves a change, waits until it is shown, and then until nothing is left to do. */
async function saved(
  round: number,
  seen: (wanted: string) => Promise<Shown>,
  page: Page,
  save: (content: string) => void = (content) => writeFileSync(file, content),
): Promise<Save> {
  const wanted = `Change number ${round}.`;
  const shown = seen(wanted);
  const content = text.replace(/^## First minutes$/m, `## First minutes\n\n${wanted}`);
  const before = await page.locator('[data-dev-state]').getAttribute('data-dev-state');
  const written = performance.timeOrigin + performance.now();
  save(content);
  const times = await shown;
  await page.waitForFunction(
    (before) => {
      const { devState } = document.querySelector<HTMLElement>('[data-dev-state]')?.dataset ?? {};
      return document.readyState === 'complete' && devState !== before && !devState?.endsWith('?');
    },
    before,
    { polling: 'raf' },
  );
  return { written, ...times, checked: performance.timeOrigin + performance.now() };
}

/** As many editors save: nobody ever sees half of a file. */
function replaceFile(content: string): void {
  writeFileSync(`${file}.tmp`, content);
  renameSync(`${file}.tmp`, file);
}

function listening({ stdout }: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('watching for file changes')) resolve();
    });
  });
}
