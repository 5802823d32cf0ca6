/** Addresses from before a rename: on paper, in tickets, in records. They lead on, with scripts and without. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { run } from '../../src/cli/run.ts';
import { faultsOf } from './faults.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };
let folder: string;
let server: Server;
let address: string;

// One worker, so that the site is built once.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  // Far above what it takes: a busy machine is no fault of the plan.
  test.setTimeout(400_000);
  mkdirSync(join(repository, '.firebreak'), { recursive: true });
  folder = mkdtempSync(join(repository, '.firebreak', 'moved-'));
  cpSync(join(repository, 'test/fixtures/plans/minimal'), join(folder, 'content'), { recursive: true });
  const firebreak = (...argv: string[]) =>
    execFileSync(process.execPath, [join(repository, 'src/cli/main.ts'), ...argv], {
      cwd: folder,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    });
  for (const argv of [
    ['fix'],
    ['rename', 'runbook:ransomware#restore-data', 'bring-data-back'],
    ['rename', 'runbook:ransomware', 'extortion'],
    ['rename', 'role:responder', 'first-responder'],
  ]) {
    const code = await run(argv, {
      cwd: folder,
      stdout: { write: () => true },
      stderr: process.stderr,
      env: {},
      now: new Date('2026-11-24T09:00:00Z'),
      signal: new AbortController().signal,
    });
    expect(code, argv.join(' ')).toBe(0);
  }
  firebreak('build', '--base', '/plan/', '--out', join(folder, 'site'));
  firebreak('pack', '--site', join(folder, 'site'), '--out', join(folder, 'plan.html'));
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname.replace(/^\/plan\//, '');
    const file = join(folder, 'site', path === '' || path.endsWith('/') ? `${path}index.html` : path);
    try {
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}/plan/`;
});

test.afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the old address of a document leads on, to the same step', async ({ page }) => {
  await page.goto(`${address}runbooks/ransomware/#restore-data`);
  await page.waitForURL(`${address}runbooks/extortion/#restore-data`);
  const step = page.locator('#bring-data-back');
  await expect(step).toBeInViewport();
  // The step is marked as where the link led, by its old name too.
  expect(await step.evaluate((element) => getComputedStyle(element).boxShadow)).not.toBe('none');
  // Going back does not lead into the old address again.
  await page.goto(address);
  await page.goto(`${address}roles/responder/`);
  await page.waitForURL(`${address}roles/first-responder/`);
  await page.goBack();
  await page.waitForURL(address);
});

test('without scripts it leads to the document, and old places on a page are still there', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address}runbooks/ransomware/`);
  await page.waitForURL(`${address}runbooks/extortion/`);
  await page.goto(`${address}runbooks/extortion/#restore-data`);
  await expect(page.locator('#bring-data-back')).toBeInViewport();
  await context.close();
});

test('the page that leads on says where to, and has nothing for axe to find', async ({ page }) => {
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${address}roles/responder/`);
  await expect(page.locator('main a')).toHaveAttribute('href', '/plan/roles/first-responder/');
  expect(await faultsOf(page)).toEqual([]);
});

test('in the one-file copy old addresses lead on too', async ({ page }) => {
  await page.goto(`${pathToFileURL(join(folder, 'plan.html'))}#/runbooks/ransomware/`);
  await expect(page.locator('#bring-data-back')).toBeAttached();
  await expect(page).toHaveURL(/#\/runbooks\/extortion\//);
});

test('search finds a document under its present address alone', async ({ page }) => {
  await page.goto(`${address}search/?q=ransomware`);
  await expect(page.locator('a[href*="/runbooks/extortion/"]').first()).toBeVisible();
  await expect(page.locator('main a[href*="/runbooks/ransomware/"]')).toHaveCount(0);
});
