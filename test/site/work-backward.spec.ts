/** Working backward: from what was seen to what commonly comes before it, as hypotheses to test. */

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from './faults.ts';

const phone = { width: 390, height: 844 };
const field = (page: Page) => page.getByLabel('Technique or observation that was seen');
const card = (page: Page, technique: string) => page.locator(`[data-technique="${technique}"]`);
const shown = (page: Page, standing: string) =>
  page
    .locator(`[data-standing="${standing}"]:visible`)
    .evaluateAll((cards) => cards.map((each) => (each as HTMLElement).dataset['technique']).sort());
/** What the file of a technique says. */
const precededBy = (technique: string) =>
  (/precededBy:\n((?: {2}- .+\n)+)/.exec(readFileSync(`content/techniques/${technique}.yaml`, 'utf8'))?.[1] ?? '')
    .match(/T\d{4}(\.\d{3})?/g)
    ?.sort();

test('a technique leads one step back to what its file says, each in its lane, with where to look', async ({
  page,
}) => {
  await page.goto('work-backward/');
  await expect(page.locator('[data-technique]:visible')).toHaveCount(0);
  await field(page).fill('T1486');
  await page.keyboard.press('Enter');
  await page.getByLabel('How far back').selectOption('1');
  await expect.poll(() => shown(page, 'seen')).toEqual(['T1486']);
  await expect.poll(() => shown(page, 'hypothesis')).toEqual(precededBy('T1486'));
  const disabled = card(page, 'T1685');
  await expect(disabled.locator('.technique-why')).toContainText(
    'Hypothesis Commonly comes before T1486 Data Encrypted for Impact: seen.',
  );
  await expect(disabled).toContainText('Where evidence of it would be');
  await expect(disabled.locator('a[href="/plan/actions/protect-logging/"]')).toBeVisible();
  await expect(disabled.locator('a[href^="/plan/runbooks/ransomware/#"]')).toContainText('RW');
  await expect(page.locator('[data-lane="defense-impairment"]').locator('[data-technique="T1685"]')).toBeVisible();
  await expect(page.locator('[data-strip-of="defense-impairment"]')).toContainText('1 to test');
  await expect(page.locator('[data-strip-of="collection"]')).toContainText('nothing named');
  await page.getByLabel('How far back').selectOption('2');
  await expect(page.locator('[data-technique="T1021.002"] .technique-why')).toContainText('itself a hypothesis');
});

test('lanes stand in the order of ATT&CK, and its version and notice are named', async ({ page }) => {
  await page.goto('work-backward/?technique=T1486&steps=9');
  const lanes = await page.locator('[data-lane]:visible .lane-name').allTextContents();
  const all = await page.locator('[data-strip] a').allTextContents();
  expect(lanes.length).toBeGreaterThan(5);
  expect(lanes).toEqual(all.filter((name) => lanes.includes(name)));
  expect(all.indexOf('Initial Access')).toBeLessThan(all.indexOf('Impact'));
  await expect(page.getByText('MITRE ATT&CK Enterprise, version 19.1.')).toBeVisible();
  await expect(page.getByText('© 2026 The MITRE Corporation')).toBeVisible();
  await expect(page.getByText('Hypotheses to test, not findings.')).toBeVisible();
  await expect(page.getByText('not counted from cases')).toBeVisible();
});

test('an observation begins with the techniques that it may show, and is no finding', async ({ page }) => {
  await page.goto('work-backward/');
  await field(page).fill('note asks for money');
  await page.getByRole('button', { name: /^Observation A note on the screen/ }).click();
  await expect(page).toHaveURL(/\?seen=ransom-note$/);
  await expect.poll(() => shown(page, 'seen')).toEqual([]);
  await expect.poll(() => shown(page, 'maybe')).toEqual(['T1486']);
  await expect(card(page, 'T1486').locator('.technique-why')).toContainText('Perhaps May be what was noticed');
  await expect(card(page, 'T1490').locator('.technique-why')).toContainText('may be what was seen');
  // What is found becomes what was seen, and the walk goes on from there.
  await card(page, 'T1486').getByRole('button', { name: 'Found T1486: go on from here' }).click();
  await expect(page).toHaveURL(/\?technique=T1486&seen=ransom-note$/);
  await expect.poll(() => shown(page, 'seen')).toEqual(['T1486']);
});

test('what was entered stands in the address alone, and survives a reload', async ({ page }) => {
  await page.goto('work-backward/');
  await field(page).fill('t1486, T1059.001 T9999');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-offered]')).toHaveText('Not in this plan, so left out: T9999.');
  await page.getByLabel('How far back').selectOption('3');
  await expect(page).toHaveURL(/\?technique=T1486,T1059\.001&steps=3$/);
  const before = await shown(page, 'hypothesis');
  expect(before.length).toBeGreaterThan(5);
  await page.reload();
  await expect.poll(() => shown(page, 'hypothesis')).toEqual(before);
  await expect(page.getByLabel('How far back')).toHaveValue('3');
  await page.getByRole('button', { name: 'Take back: T1486 Data Encrypted for Impact' }).click();
  await expect(page).toHaveURL(/\?technique=T1059\.001&steps=3$/);
  await page.goto('work-backward/?technique=T9999,%3Cb%3E&steps=77');
  await expect(page.locator('[data-offered]')).toContainText('T9999');
  await expect(page.getByLabel('How far back')).toHaveValue('2');
});

test('works by keyboard alone', async ({ page }) => {
  await page.goto('work-backward/');
  await field(page).focus();
  await page.keyboard.type('powershell');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'T1059.001 PowerShell' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  await expect.poll(() => shown(page, 'seen')).toEqual(['T1059.001']);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Take back: T1059.001 PowerShell' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  await expect.poll(() => shown(page, 'seen')).toEqual([]);
});

test('on paper each hypothesis has boxes to tick, and the form is left out', async ({ page }) => {
  await page.goto('work-backward/?technique=T1486');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.backward-tool')).toBeHidden();
  const paper = card(page, 'T1490').locator('.technique-paper');
  await expect(paper).toBeVisible();
  await expect(paper).toContainText(/found.*not found.*not looked/);
  await expect(card(page, 'T1566.001')).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing with techniques entered, ${colorScheme}, and it does not scroll sideways`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({
      colorScheme,
      ...(baseURL ? { baseURL } : {}),
      viewport: colorScheme === 'dark' ? phone : { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    await page.goto('work-backward/?technique=T1486&seen=stolen-token-alert');
    await field(page).fill('phish');
    await expect(page.locator('.backward-offer').first()).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
    await context.close();
  });

test('it is linked from the phase, the techniques and the library, and no request leaves the origin', async ({
  page,
  baseURL,
}) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(baseURL ?? '').origin)) elsewhere.push(request.url());
  });
  for (const from of ['phases/eradication/', 'techniques/', 'library/']) {
    await page.goto(from);
    await page.locator('main a[href="/plan/work-backward/"]').first().click();
    await expect(page.locator('h1')).toHaveText('Work backward');
  }
  await page.goto('phases/recovery/');
  await expect(page.locator('main a[href^="/plan/work-backward/"]')).toHaveCount(0);
  await page.goto('techniques/T1567.002/');
  await page.getByRole('link', { name: 'Work backward from T1567.002' }).click();
  await expect.poll(() => shown(page, 'seen')).toEqual(['T1567.002']);
  expect(elsewhere).toEqual([]);
});

test('its own scripts stay small', () => {
  const site = '.firebreak/test-site';
  const scripts = readFileSync(`${site}/work-backward/index.html`, 'utf8').match(/(?<=src="\/plan\/)[^"]+\.js/g) ?? [];
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

  test('all techniques stand in their lanes, with what may have come before', async ({ page }) => {
    await page.goto('work-backward/');
    const all = readdirSync('content/techniques').filter((name) => name.endsWith('.yaml'));
    expect(all.length).toBeGreaterThan(200);
    await expect(page.locator('[data-technique]:visible')).toHaveCount(all.length);
    await expect(card(page, 'T1486').locator('.technique-before a[href="#T1490"]')).toBeVisible();
    await expect(page.locator('.backward-tool')).toBeHidden();
  });
});
