/** Assurance and history: what an auditor looks up, with what proves it. */

import { readdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from './faults.ts';

const phone = { width: 390, height: 844 };
const pages = ['assurance/', 'history/', 'history/runbooks/ransomware/', 'history/registers/'];

for (const colorScheme of ['light', 'dark'] as const)
  for (const path of pages)
    test(`axe finds nothing on ${path}, ${colorScheme}, and it does not scroll sideways`, async ({
      browser,
      baseURL,
    }) => {
      const context = await browser.newContext({
        colorScheme,
        ...(baseURL ? { baseURL } : {}),
        viewport: colorScheme === 'dark' ? phone : { width: 1280, height: 900 },
      });
      const page = await context.newPage();
      await page.goto(path);
      expect(await faultsOf(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBeLessThanOrEqual(0);
      await context.close();
    });

const answerTo = (page: Page, question: string) =>
  page.getByRole('table', { name: 'At a glance' }).getByRole('row').filter({ hasText: question }).getByRole('cell');

test('nothing of an example counts, and the page says so', async ({ page }) => {
  await page.goto('assurance/');
  await expect(page.getByText('Its approvals, reviews and exercises are examples and never count.')).toBeVisible();
  await expect(answerTo(page, 'Approved for what they say now')).toHaveText(/^0 of [1-9]\d*$/);
  await expect(page.locator('#approvals')).toContainText('Nobody is named who may approve');
  await expect(answerTo(page, 'Runbooks exercised, with proof')).toContainText(/^0 of [1-9]\d*/);
  await expect(answerTo(page, 'Documents with a review that is proven')).toContainText(/^0 of [1-9]\d*/);
});

test('each figure leads to what it counts', async ({ page }) => {
  await page.goto('assurance/');
  const links = page.getByRole('table', { name: 'At a glance' }).getByRole('link');
  const places = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).hash));
  expect(places.length).toBeGreaterThan(10);
  for (const place of new Set(places)) await expect(page.locator(place)).toHaveCount(1);
  await page.getByRole('link', { name: 'Runbooks exercised, with proof' }).click();
  await expect(page.getByRole('heading', { name: 'Exercises, by runbook' })).toBeInViewport();
});

test('incidents, holders and exercises are shown with what is missing', async ({ page }) => {
  await page.goto('assurance/');
  const runbooks = readdirSync('content/runbooks').length;
  await expect(page.locator('#exercises tbody tr')).toHaveCount(runbooks);
  await expect(page.locator('#exercises').getByText('no exercise names it').first()).toBeVisible();
  await expect(page.locator('#incidents tbody tr')).not.toHaveCount(0);
  await expect(page.locator('#incidents')).toContainText('no version named');
  await expect(page.locator('#holders')).toContainText('Executive');
});

test('what was never done is a gap, and drafts are told', async ({ page }) => {
  await page.goto('assurance/');
  const never = page.locator('#trainings tbody tr').filter({ hasText: 'never' });
  await expect(never.first()).toContainText('Gap never');
  await expect(never.filter({ hasNotText: 'Gap' })).toHaveCount(0);
  await expect(answerTo(page, 'Drafts, which nobody says are approved')).toHaveText(/^\d+$/);
  await page.getByRole('link', { name: 'Drafts, which nobody says are approved' }).click();
  await expect(page.locator('#drafts').getByText(/^Drafts: \d+$/)).toBeInViewport();
});

test('a server that is only asked for the head of a page or file answers at once', async ({ request }) => {
  for (const path of ['assurance/', 'manifest.json', 'nothing-is-here/']) {
    const answer = await request.head(path, { timeout: 10_000 });
    expect(answer.status()).toBe(path.startsWith('nothing') ? 404 : 200);
    expect((await answer.body()).length).toBe(0);
  }
});

test('what is overdue is said by the browser, by the day that it has', async ({ page }) => {
  await page.clock.setFixedTime(new Date('2031-01-01T12:00:00Z'));
  await page.goto('assurance/');
  await expect(answerTo(page, 'Documents with a review that is proven')).toContainText(/\d+ overdue today/);
  await page.clock.setFixedTime(new Date('2026-10-07T12:00:00Z'));
  await page.reload();
  await expect(answerTo(page, 'Action items that are open')).toBeVisible();
  await expect(answerTo(page, 'Documents with a review that is proven').getByText('overdue')).toBeHidden();
});

test('history is shown by change and by document, and a version has an address of its own', async ({ page }) => {
  await page.goto('history/');
  const newest = page.locator('.version').first();
  await expect(newest.locator('time')).toHaveText(/^\d{4}-\d\d-\d\d$/);
  await page.goto('runbooks/ransomware/');
  await page.locator('main a[href^="/plan/history/runbooks/ransomware/"]').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ransomware');
  const version = page.locator('.version-id').first();
  await version.click();
  await expect(page).toHaveURL(/#v-[0-9a-f]{8}$/);
  await expect(page.locator('.version:target')).toHaveCount(1);
  await page.getByRole('link', { name: 'The document as it is now' }).click();
  await expect(page).toHaveURL(/runbooks\/ransomware\/$/);
});

test('documents that a change touched are folded when they are many, and open on paper', async ({ page }) => {
  await page.goto('history/');
  const folded = page.locator('.version details').first();
  await expect(folded.getByRole('link').first()).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(folded.locator('a').first()).toBeVisible();
});

test('it is reached from the whole plan, and leads to history, coverage and the manifest', async ({ page }) => {
  await page.goto('library/');
  await page.locator('main a[href="/plan/assurance/"]').click();
  for (const [name, path] of [
    ['History of the plan', '/plan/history/'],
    ['Coverage', '/plan/coverage/'],
    ['Manifest: the digest of every file', '/plan/manifest.json'],
  ] as const)
    await expect(page.locator('main').getByRole('link', { name, exact: true })).toHaveAttribute('href', path);
});

test('no script but that of every page and of what is overdue is loaded', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await page.goto('history/', { waitUntil: 'networkidle' });
  const everywhere = [...scripts];
  scripts.length = 0;
  await page.goto('assurance/', { waitUntil: 'networkidle' });
  // The page's own, and the count of what is overdue, which lessons and upkeep have as well.
  const added = scripts.filter((address) => !everywhere.includes(address)).sort();
  expect(added).toEqual([expect.stringMatching(/\/Assurance/), expect.stringMatching(/\/overdue-count\./)]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says that nothing is marked as overdue', async ({ page }) => {
    await page.goto('assurance/');
    await expect(page.locator('main noscript > p')).toBeVisible();
    await expect(page.locator('main noscript > p')).toContainText('nothing here is marked as overdue');
    await expect(page.locator('#holders tbody tr')).not.toHaveCount(0);
  });
});
