/** The offline copy: a server that goes away, breaks off in the middle, or shows a login page in place of files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type PlanServer, type Serving, servePlan } from './plan-server.ts';

let plan: PlanServer;

test.use({ serviceWorkers: 'allow' });
// The tests share the server and what is wrong with it.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  plan = await servePlan();
});

test.afterAll(() => plan.close());

test.beforeEach(() => {
  plan.serving = { version: 'one', left: 0 };
});

const state = (page: Page) => page.locator('[data-offline]');
const notice = (page: Page) => page.locator('[data-offline-notice]');

async function visit(page: Page): Promise<void> {
  await page.goto(plan.address);
  await expect(state(page)).toContainText('The whole plan is on this device', { timeout: 60_000 });
}

/** Asks the server again, which the copy does by itself only after a while. */
async function later(page: Page, version: 'one' | 'two', fault?: Serving['fault'], left = 0): Promise<void> {
  plan.serving = { version, left, ...(fault ? { fault } : {}) };
  await page.evaluate(async () => {
    const state = await caches.open((await caches.keys()).find((name) => name.endsWith(' state')) ?? '');
    const key = (await state.keys())[0] as Request;
    const kept = await (await state.match(key))?.json();
    await state.put(key, new Response(JSON.stringify({ ...kept, checkedAt: 0 })));
  });
}

test('after one visit every page works with the server gone, and says that it is a copy', async ({ page }) => {
  test.setTimeout(120_000);
  await visit(page);
  plan.serving = { version: 'one', fault: 'gone', left: 0 };
  const { files } = JSON.parse(readFileSync(join(plan.folder, 'one/manifest.json'), 'utf8')) as { files: object };
  const pages = Object.keys(files).filter((name) => name.endsWith('index.html'));
  expect(pages.length).toBeGreaterThan(20);
  for (const name of pages) {
    const response = await page.goto(plan.address + name.replace(/index\.html$/, ''), {
      waitUntil: 'domcontentloaded',
    });
    expect(response?.status(), name).toBe(200);
    expect(await page.locator('h1').count(), name).toBeGreaterThan(0);
  }
  await page.goto(`${plan.address}runbooks/ransomware`);
  await expect(page).toHaveURL(`${plan.address}runbooks/ransomware/`);
  await expect(page.locator('h1')).toHaveText('Ransomware');
  const font = await page.evaluate(() => document.fonts.load('16px "Atkinson Hyperlegible Next"'));
  expect(font.length).toBeGreaterThan(0);
  // The search, with its index and its WebAssembly.
  await page.goto(`${plan.address}search/?q=ransom`);
  await expect(
    page
      .locator('main')
      .getByRole('link', { name: /Ransomware/ })
      .first(),
  ).toBeVisible();
});

test('a download that breaks off leaves the old version whole, and goes on the next time', async ({ page }) => {
  await visit(page);
  await later(page, 'two', 'breaks-off', 3);
  await restart(page);
  await page.goto(`${plan.address}runbooks/ransomware/`);
  await expect(notice(page)).toContainText('The server does not answer');
  await expect(page.locator('#first-minutes')).toContainText('Call +1');
  plan.serving = { version: 'two', fault: 'gone', left: 0 };
  await page.goto(`${plan.address}roles/responder/`);
  await expect(page.locator('h1')).toBeVisible();
  plan.serving = { version: 'two', left: 0 };
  await page.goto(`${plan.address}runbooks/ransomware/`);
  await expect(notice(page)).toContainText('A newer version of the plan is on this device now');
  await notice(page).getByRole('link').click();
  await expect(page.locator('#first-minutes')).toContainText('Ring +1');
});

test('a login page in place of files is never stored', async ({ page }) => {
  await visit(page);
  await later(page, 'two', 'login');
  await restart(page);
  await page.goto(`${plan.address}runbooks/ransomware/`);
  await expect(notice(page)).toContainText('The server does not answer');
  await expect(page.locator('#first-minutes')).toContainText('Call +1');
  const stored = await page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys())
      for (const response of await (await caches.open(name)).matchAll())
        if (response.headers.get('content-type')?.includes('html')) texts.push(await response.text());
    return texts;
  });
  expect(stored.length).toBeGreaterThan(20);
  expect(stored.filter((text) => text.includes('<h1>Sign in'))).toEqual([]);
});

test('Safari says that it deletes the copy after seven days without a visit, unless the plan is installed', async ({
  browser,
}) => {
  const userAgent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
  for (const installed of [false, true]) {
    const context = await browser.newContext({ userAgent, serviceWorkers: 'allow' });
    const page = await context.newPage();
    if (installed) await page.addInitScript(() => Object.assign(navigator, { standalone: true }));
    await visit(page);
    const words = 'deletes it after seven days without a visit, unless you install the plan';
    if (installed) await expect(state(page)).not.toContainText(words);
    else await expect(state(page)).toContainText(words);
    await context.close();
  }
});

test('can be installed: name, icons and start are those of the plan', async ({ page }) => {
  await page.goto(plan.address);
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(new URL(href ?? '', plan.address).href)).json();
  expect(manifest).toMatchObject({ start_url: '/plan/', scope: '/plan/', display: 'standalone' });
  for (const { src, sizes } of manifest.icons as { src: string; sizes: string }[]) {
    const bytes = await (await page.request.get(new URL(src, plan.address).href)).body();
    // Width and height of a PNG stand at the 17th byte.
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
});

/** The worker keeps what it knows in memory; a browser ends it when it likes. */
async function restart(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
}

test('behind a sign-in the browser reads what it needs for installing, with the cookie of the reader', async ({
  page,
}) => {
  plan.serving = { version: 'one', left: 0, fault: 'wants-cookie' };
  await page.context().addCookies([{ name: 'signed-in', value: 'yes', url: plan.address }]);
  await page.goto(plan.address);
  const browser = await page.context().newCDPSession(page);
  const { url, data, errors } = await browser.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(url).toBe(`${plan.address}plan.webmanifest`);
  expect(JSON.parse(data ?? '{}')).toMatchObject({ start_url: '/plan/' });
});
