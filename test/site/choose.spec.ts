/** The chooser: from what is seen to the runbook that fits, with the reason why. */

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from './faults.ts';

const phone = { width: 390, height: 844 };
const tick = async (page: Page, sign: string) => {
  const row = page.locator(`[data-sign="${sign}"]`);
  const group = page.locator('[data-group]', { has: row });
  if (!(await group.evaluate((element) => (element as HTMLDetailsElement).open)))
    await group.locator('summary').click();
  await row.locator('input').check();
};
const fits = (page: Page) => page.locator('[data-fits] [data-title], [data-more-fits] [data-title]');
const card = (page: Page, runbook: string) => page.locator(`.fit-card[data-runbook="${runbook}"]`);
const visibleSigns = (page: Page) =>
  page.locator('[data-sign]').evaluateAll((rows) => rows.filter((row) => !(row as HTMLElement).hidden).length);

test('ticking ranks the runbooks with the reason why, and narrows the signs', async ({ page }) => {
  await page.goto('choose/');
  await expect(page.locator('[data-count]')).toHaveText('Nothing is ticked yet.');
  const before = await visibleSigns(page);
  expect(before).toBeGreaterThan(170);
  await tick(page, 'ransom-note');
  await expect(fits(page)).toHaveText(['Ransomware', 'Wiper and destroyed data']);
  await expect(card(page, 'ransomware').locator('.why-confirms')).toContainText('A note on the screen');
  await expect(card(page, 'wiper').locator('.why-pointsTo')).toContainText('A note on the screen');
  await expect.poll(() => visibleSigns(page)).toBeLessThan(before / 3);
  const after = await visibleSigns(page);
  await expect(page.locator('[data-narrowed]')).toContainText(`${after} of ${before} signs still tell`);
  await page.getByRole('button', { name: 'Show all signs' }).click();
  await expect.poll(() => visibleSigns(page)).toBe(before);
  await page.getByRole('button', { name: 'Show only what tells apart' }).click();
  await expect.poll(() => visibleSigns(page)).toBe(after);
});

test('what tells the first two apart can be answered seen or not there, and taken back', async ({ page }) => {
  await page.goto('choose/?seen=ransom-note');
  const next = page.locator('[data-next]');
  await expect(next.locator('h3')).toHaveText('Ransomware or Wiper and destroyed data? Look at this next');
  await expect(next).toContainText('Ransomware: make sure');
  await expect(next).toContainText('Not Ransomware when');
  const sign = next.locator('.next-sign', { hasText: 'Several computers do not start' });
  await expect(sign).toContainText('would speak for Wiper and destroyed data');
  await sign.getByRole('button', { name: /^Not there/ }).click();
  await expect(page).toHaveURL(/\?seen=ransom-note&not=computers-do-not-start$/);
  await expect(card(page, 'wiper').locator('.why-missing')).toContainText('Several computers do not start');
  await expect(next.locator('.next-sign', { hasText: 'Several computers do not start' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Take back: Several computers do not start any more' }).click();
  await expect(page).toHaveURL(/\?seen=ransom-note$/);
  await page.getByRole('button', { name: 'Take back all' }).click();
  await expect(page).toHaveURL(/\/choose\/$/);
  await expect(page.locator('[data-answered]')).toBeHidden();
});

test('what speaks against a runbook takes it to the end and stays in sight with the reason', async ({ page }) => {
  await page.goto('choose/?seen=ransom-note,planned-maintenance');
  await expect(page.locator('[data-count]')).toHaveText('Each runbook that fits has something against it.');
  const contested = page.locator('[data-contested-list] .fit-card');
  await expect(contested.first()).toContainText('Ransomware');
  await expect(contested.first()).toContainText('Seen, speaks against it: Announced maintenance');
  const excluded = page.locator('[data-excluded]');
  await excluded.locator('[data-excluded-title]').click();
  expect(await excluded.locator('.fit-card').count()).toBeGreaterThan(10);
  for (const reasons of await excluded.locator('.fit-why').allTextContents())
    expect(reasons).toContain('speaks against it');
});

test('it always ends in the incident without a name, at one place', async ({ page }) => {
  for (const query of ['', '?seen=ransom-note', '?seen=feels-wrong', '?seen=planned-maintenance', '?seen=nonsense']) {
    await page.goto(`choose/${query}`);
    const results = page.locator('#fits');
    const none = results.locator(':scope > :not([hidden])').last();
    await expect(none).toBeVisible();
    await expect(none.getByRole('link')).toHaveAttribute('href', '/plan/runbooks/unclassified-incident/');
  }
  await page.goto('choose/?seen=feels-wrong');
  await expect(page.locator('[data-count]')).toContainText('go on with “none of these”');
});

test('what is ticked stands in the address alone, and survives a reload', async ({ page }) => {
  await page.goto('choose/');
  await tick(page, 'files-renamed');
  await tick(page, 'backups-missing');
  await expect(page).toHaveURL(/\?seen=files-renamed,backups-missing$/);
  const [url, found] = [page.url(), await fits(page).allTextContents()];
  await page.reload();
  await expect(page.locator('[data-sign="files-renamed"] input')).toBeChecked();
  await expect(fits(page)).toHaveText(found);
  expect(page.url()).toBe(url);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('choose')))).toEqual([]);
  // The order of the ticks plays no part.
  await page.goto('choose/?seen=backups-missing,files-renamed');
  await expect(fits(page)).toHaveText(found);
  // What no sign is called so is passed over.
  await page.goto('choose/?seen=files-renamed,%3Cb%3E&not=nonsense');
  await expect(page).toHaveURL(/\?seen=files-renamed$/);
});

test('signs are found in plain words', async ({ page }) => {
  await page.goto('choose/');
  const filter = page.getByLabel('Find a sign in your own words');
  await filter.fill('my documents have a weird new ending');
  await expect(page.locator('[data-sign="files-renamed"]')).toBeVisible();
  await expect.poll(() => visibleSigns(page)).toBeLessThan(10);
  await filter.fill('xylophone');
  await expect(page.locator('[data-narrowed]')).toContainText('No sign has these words');
  await expect(page.locator('[data-none] a')).toBeVisible();
});

test('a sign that is ticked stays where it is on the screen', async ({ page }) => {
  await page.goto('choose/');
  const group = page.locator('[data-group]').last();
  await group.locator('summary').click();
  const row = page.locator('[data-sign="device-lost"]');
  await row.scrollIntoViewIfNeeded();
  const before = await row.boundingBox();
  await row.locator('input').check();
  await expect(fits(page).first()).toHaveText(/Lost/);
  await expect(page.locator('[data-answers]')).toContainText('Take back');
  expect(Math.abs(((await row.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
});

test('on a phone the first that fits is in sight at once, and whom to call is one tap away', async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto('choose/?seen=ransom-note');
  const first = page.locator('[data-bar-first]');
  await expect(first).toHaveText('First: Ransomware');
  await expect(first).toBeInViewport({ ratio: 1 });
  await expect(page.locator('[data-bar-why]')).toHaveText('2 fit: see why');
  await page.getByText('Could somebody be hurt? Whom to call first').click();
  await expect(page.locator('.choose-before a[href="tel:112"]').first()).toBeVisible();
  await page.locator('[data-bar-why]').click();
  await expect(page.locator('#fits-title')).toBeInViewport();
  await first.click();
  await expect(page).toHaveURL(/\/runbooks\/ransomware\/$/);
});

test('works by keyboard alone, and the bar never lies over what has the focus', async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto('choose/');
  await page.getByLabel('Find a sign in your own words').focus();
  await page.keyboard.type('asks for money');
  const box = page.locator('[data-sign="ransom-note"] input');
  for (
    let pressed = 0;
    pressed < 20 && !(await box.evaluate((input) => input === document.activeElement));
    pressed += 1
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(fits(page).first()).toHaveText('Ransomware');
  await expect(box).toBeFocused();
  for (let pressed = 0; pressed < 25; pressed += 1) {
    await page.keyboard.press('Tab');
    const covered = await page.evaluate(() => {
      const bar = document.querySelector('[data-bar]') as HTMLElement;
      const active = document.activeElement as HTMLElement;
      if (bar.contains(active) || bar.getBoundingClientRect().bottom < innerHeight - 1) return 0;
      return active.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
    });
    expect(covered).toBeLessThanOrEqual(1);
  }
  // An answer takes its own button away: the focus goes to the next one.
  await page.locator('[data-next] button').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-next] button').first()).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing with signs ticked, ${colorScheme}, and it does not scroll sideways`, async ({
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
    for (const query of [
      '',
      '?seen=files-do-not-open,many-hosts-slow&not=ransom-note',
      '?seen=ransom-note,planned-maintenance',
    ]) {
      await page.goto(`choose/${query}`);
      await page.locator('.choose-before > summary').click();
      if (query.includes('not=')) await page.locator('[data-more-fits] .fit-sure > summary').first().click();
      if (query.includes('planned')) await page.locator('[data-excluded-title]').click();
      // Wherever a page is scrolled to, a bar at its foot cuts some target in two.
      await page.locator('[data-bar]').evaluate((bar) => {
        bar.style.position = 'static';
      });
      expect(await faultsOf(page)).toEqual([]);
    }
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
    await context.close();
  });

test('it is linked from where people look for a runbook', async ({ page }) => {
  for (const from of ['', 'signals/', 'library/', 'runbooks/unclassified-incident/']) {
    await page.goto(from);
    // A runbook keeps it where it says how to make sure, which is folded on a phone and on a screen.
    if (from.startsWith('runbooks/')) await page.locator('.fit > summary').click();
    await page.locator('main a[href="/plan/choose/"]').first().click();
    await expect(page.locator('h1')).toHaveText('Choose by what is seen');
  }
  await page.goto('search/?q=xylophone');
  await page.locator('.search-further a[href="/plan/choose/"]').click();
  await expect(page.locator('h1')).toHaveText('Choose by what is seen');
});

test('its own scripts stay small', () => {
  const site = '.firebreak/test-site';
  const scripts = readFileSync(`${site}/choose/index.html`, 'utf8').match(/(?<=src="\/plan\/)[^"]+\.js(?=")/g) ?? [];
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

  test('every sign stands with its runbooks, and every runbook with how to make sure', async ({ page }) => {
    await page.goto('choose/');
    await expect(page.locator('.no-script')).toBeVisible();
    expect(await page.locator('[data-sign]:visible').count()).toBeGreaterThan(170);
    await expect(page.locator('[data-sign="ransom-note"] a').first()).toHaveAttribute('href', /runbooks\/ransomware\//);
    await card(page, 'ransomware').locator('summary').click();
    await expect(card(page, 'ransomware')).toContainText('Look in three other folders for the same note');
    await expect(page.locator('[data-none] a')).toBeVisible();
    await expect(page.locator('[data-bar]')).toBeHidden();
  });
});
