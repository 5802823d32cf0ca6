/** Coverage: what frameworks ask for, techniques and runbooks, with the gaps first, on screen, on paper and as files. */

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from './faults.ts';

const site = '.firebreak/test-site';
const phone = { width: 390, height: 844 };
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const pages = ['coverage/', 'coverage/frameworks/', 'coverage/techniques/', 'coverage/runbooks/'];
const countOf = (folder: string) =>
  readdirSync(`content/${folder}`).filter((name) => /\.(yaml|mdx)$/.test(name)).length;
const field = (page: Page) => page.getByLabel('Find in this list');
const row = (page: Page, name: string | RegExp) => page.getByRole('row').filter({ hasText: name });

for (const colorScheme of ['light', 'dark'] as const)
  for (const path of pages)
    test(`axe finds nothing on ${path}, ${colorScheme}, and it does not scroll sideways`, async ({
      browser,
      baseURL,
    }) => {
      // A matrix is thousands of cells, and axe looks at each of them.
      test.setTimeout(300_000);
      const context = await browser.newContext({
        colorScheme,
        ...(baseURL ? { baseURL } : {}),
        viewport: colorScheme === 'dark' ? phone : { width: 1280, height: 900 },
      });
      const page = await context.newPage();
      // The matrix is looked at whole once.
      await page.goto(colorScheme === 'dark' && path.includes('techniques') ? `${path}?find=ransomware` : path);
      expect(await faultsOf(page)).toEqual([]);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
      await context.close();
    });

test('the figures lead to every requirement, technique and runbook', async ({ page }) => {
  for (const [name, path, folder] of [
    ['Every requirement', 'coverage/frameworks/', 'controls'],
    ['Every technique', 'coverage/techniques/', 'techniques'],
    ['Every runbook', 'coverage/runbooks/', 'runbooks'],
  ] as const) {
    await page.goto('coverage/');
    await page.getByRole('link', { name }).click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(page.locator('tbody tr:not(.coverage-item)')).toHaveCount(countOf(folder));
  }
});

test('a requirement shows what is missing, and the documents that answer it', async ({ page }) => {
  await page.goto('coverage/frameworks/');
  await page.getByRole('link', { name: 'PCI DSS v4.0.1' }).click();
  await expect(page.getByRole('heading', { name: 'PCI DSS v4.0.1' })).toBeInViewport();
  const requirement = row(page, /^12\.10\.7/);
  await expect(requirement).toContainText('Answered, with a gap');
  await expect(requirement).toContainText(/\d+ documents/);
  const all = row(page, /^12\.10\.1/);
  await expect(all.getByRole('link', { name: 'Payment card compromise' })).toBeHidden();
  await all.locator('summary').click();
  await expect(all.getByRole('link', { name: 'Payment card compromise' })).toBeVisible();
});

test('a mark in the matrix leads to the step that answers the technique; a gap is a word', async ({ page }) => {
  await page.goto('coverage/techniques/');
  const table = page.getByRole('table', { name: 'Impact' });
  const columns = await table.getByRole('columnheader').allTextContents();
  const encrypted = table.getByRole('row').filter({ hasText: 'T1486' });
  const cell = encrypted.getByRole('cell').nth(columns.indexOf('RW') - 1);
  const number = (await cell.innerText()).replace('+', '');
  expect(number).toMatch(/^\d+$/);
  await cell.getByRole('link').click();
  await expect(page).toHaveURL(/runbooks\/ransomware\/#/);
  await expect(page.locator(':target .step-number').first()).toContainText(number);
  await page.goto('coverage/techniques/');
  await expect(page.locator('.coverage-gap').first()).toHaveText('gap');
  // What is worst stands first.
  await expect(table.locator('tbody tr').last()).toHaveClass(/is-whole/);
});

test('the heads of a matrix stay in sight while it is scrolled', async ({ page }) => {
  await page.goto('coverage/runbooks/');
  const box = page.getByRole('region', { name: 'Runbooks' });
  await box.scrollIntoViewIfNeeded();
  await box.evaluate((each) => each.scrollTo(0, each.scrollHeight));
  await expect(box.getByRole('columnheader', { name: 'Last exercised' })).toBeInViewport();
  await expect(row(page, 'Ransomware').getByRole('rowheader')).toBeInViewport();
});

test('typing narrows the rows, and the address keeps what was typed', async ({ page }) => {
  await page.goto('coverage/runbooks/');
  await field(page).fill('vendor manager');
  await expect(page.getByRole('status')).toHaveText(/^\d of \d+ shown\.$/);
  await expect(row(page, 'Vendor compromise')).toBeVisible();
  await expect(row(page, 'Ransomware')).toBeHidden();
  await expect(page).toHaveURL(/\?find=vendor,manager$/);
  await page.reload();
  await expect(field(page)).toHaveValue('vendor manager');
  await expect(row(page, 'Ransomware')).toBeHidden();
  await field(page).fill('');
  await expect(row(page, 'Ransomware')).toBeVisible();
  await page.goto('coverage/techniques/?find=T1486');
  await expect(page.getByRole('heading', { name: 'Impact' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Exfiltration' })).toBeHidden();
});

test('on a phone the matrix is a list with the code before each number', async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto('coverage/techniques/?find=T1486');
  const encrypted = row(page, 'T1486');
  await expect(encrypted).toBeVisible();
  const marked = encrypted.locator('td:not(:empty)');
  expect(
    await marked.evaluateAll((cells) => cells.map((each) => getComputedStyle(each, '::before').content)),
  ).toContain('"RW "');
  await expect(encrypted.locator('td:empty').first()).toBeHidden();
  await expect(page.locator('.coverage-matrix thead').last()).toBeHidden();
});

test('on paper nothing is left out but the controls, and wide tables lie across', async ({ page }) => {
  await page.goto('coverage/techniques/');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.filter-rows')).toBeHidden();
  await expect(page.locator('tbody tr').last()).toBeVisible();
  expect(await page.locator('main').evaluate((each) => getComputedStyle(each).getPropertyValue('page'))).toBe(
    'coverage',
  );
  await page.goto('coverage/frameworks/');
  await expect(row(page, /^12\.10\.1/).getByText('Payment card compromise')).toBeVisible();
});

test('each page is a CSV file too', async ({ page, request }) => {
  const items = readdirSync('content/controls')
    .map((name) => readFileSync(`content/controls/${name}`, 'utf8').match(/^ {2}- item: /gm)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
  expect(items).toBeGreaterThan(20);
  for (const [path, name, rows] of [
    ['coverage/frameworks/', 'Frameworks as CSV', countOf('controls') + items],
    ['coverage/techniques/', 'Techniques as CSV', countOf('techniques')],
    ['coverage/runbooks/', 'Runbooks as CSV', countOf('runbooks')],
  ] as const) {
    await page.goto(path);
    const link = page.getByRole('link', { name });
    await expect(link).toHaveAttribute('download');
    const file = await request.get((await link.getAttribute('href')) as string);
    expect(file.ok()).toBe(true);
    // No cell of these has a line break in it.
    expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(rows + 1);
  }
});

test('its scripts stay small', () => {
  const scripts =
    readFileSync(`${site}/coverage/techniques/index.html`, 'utf8').match(/(?<=src="\/plan\/)[^"]+\.js/g) ?? [];
  const loaded = new Set<string>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const [, name] of readFileSync(`${site}/${path}`, 'utf8').matchAll(/from\s?["'`]\.\/([^"'`]+)["'`]/g))
      load(`_firebreak/${name}`);
  };
  scripts.forEach(load);
  expect(loaded.size).toBeGreaterThan(2);
  const size = [...loaded].reduce((sum, path) => sum + gzipSync(readFileSync(`${site}/${path}`)).length, 0);
  expect(size).toBeLessThanOrEqual(20 * 1024);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('everything is there, and only gaps can be shown', async ({ page }) => {
    await page.goto('coverage/techniques/');
    await expect(page.locator('tbody tr:visible')).toHaveCount(countOf('techniques'));
    await expect(field(page)).toBeHidden();
    await page.getByLabel('Only gaps').check();
    const gaps = await page.locator('tbody tr:not(.is-whole)').count();
    expect(gaps).toBeGreaterThan(0);
    expect(gaps).toBeLessThan(countOf('techniques'));
    await expect(page.locator('tbody tr:visible')).toHaveCount(gaps);
    // A tactic without a gap has nothing to show.
    await expect(page.getByRole('heading', { name: 'Privilege Escalation' })).toBeHidden();
  });
});
