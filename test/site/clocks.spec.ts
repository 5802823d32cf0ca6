/** The page of clocks: from facts to duties, deadlines, a record on paper and a file for calendars. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from './faults.ts';

const storageKey = 'firebreak:clocks:Incident response plan of Example Manufacturing:/plan/';

/** What the page is told of a breach of personal data in the European Union. */
async function fillFacts(page: Page): Promise<void> {
  await page.clock.setFixedTime(new Date('2026-11-24T12:00:00Z'));
  await page.goto('clocks/');
  await page.locator('#moment-awareness').fill('2026-11-24 03:35');
  await answer(page, 'european-union', 'yes');
  await page.getByRole('button', { name: 'All others here: no: Where' }).click();
  await answer(page, 'personal-data', 'yes');
  await answer(page, 'controller', 'yes');
}

const answer = (page: Page, fact: string, value: 'yes' | 'no' | 'unknown') =>
  page.locator(`[data-fact="${fact}"] input[value="${value}"]`).check();
const entry = (page: Page, name: string) => page.locator(`[data-entry="${name}"]`);
const part = (page: Page, name: string) => page.locator(`[data-part-of="${name}"]`);

test('from facts to duties: applies, may apply with what is missing, does not apply with the reason', async ({
  page,
}) => {
  await fillFacts(page);
  const authority = entry(page, 'gdpr-authority#authority');
  await expect(authority).toContainText('May apply');
  await expect(authority).toContainText('Not known yet: A risk to people cannot be ruled out');
  await answer(page, 'risk-to-people', 'yes');
  await expect(authority.locator('.tag')).toHaveText('Applies');
  await expect(authority.locator('[data-slot="local"]')).toHaveText('Fri 2026-11-27 04:35 +01:00');
  await expect(authority.locator('[data-slot="utc"]')).toHaveText('2026-11-27 03:35 UTC');
  await expect(authority.locator('[data-slot="left"]')).toHaveText('2 d 15 h 35 min left');
  await expect(authority.locator('[data-slot="latest"]')).toContainText('Fri 2026-11-27 05:00 +01:00');
  await expect(authority.locator('[data-slot="recipient"]')).toContainText('competent under Article 55');
  await expect(authority.locator('[data-slot="source"]')).toContainText('Compared with its source on 2026-11-24');
  await answer(page, 'risk-to-people', 'no');
  await expect(part(page, 'excluded').locator('[data-entry="gdpr-authority#authority"]')).toContainText(
    'Not so: A risk to people cannot be ruled out',
  );
  await expect(page.getByText('Never legal advice.').first()).toBeVisible();
});

test('duties are sorted by deadline, and a later stage runs once the one before was sent', async ({ page }) => {
  await fillFacts(page);
  await answer(page, 'essential-or-important-entity', 'yes');
  await answer(page, 'significant-under-nis2', 'yes');
  const dated = part(page, 'dated').locator('[data-slot="utc"]');
  const times = await dated.allTextContents();
  expect(times.length).toBeGreaterThan(3);
  expect(times).toEqual(times.toSorted());
  await expect(part(page, 'waiting').locator('[data-entry="nis2-significant-incident#final"]')).toHaveCount(1);
  const notification = entry(page, 'nis2-significant-incident#notification');
  await notification.locator('summary').click();
  await notification.getByLabel('Sent at').fill('2026-11-26 10:00');
  await page.locator('h1').click();
  await expect(
    part(page, 'dated').locator('[data-entry="nis2-significant-incident#final"] [data-slot="utc"]'),
  ).toHaveText('2026-12-26 10:00 UTC');
  await expect(part(page, 'settled').locator('[data-entry="nis2-significant-incident#notification"]')).toHaveCount(1);
});

test('a clock can start at the minute of a decision, and what is typed wrong is told', async ({ page }) => {
  await fillFacts(page);
  await answer(page, 'product-maker-eu', 'yes');
  await answer(page, 'exploited-vulnerability', 'yes');
  const fact = page.locator('[data-fact="exploited-vulnerability"]');
  await fact.locator('summary').click();
  const at = fact.getByRole('textbox', { name: /^Found or decided at/ });
  await at.fill('yesterday');
  await page.locator('h1').click();
  await expect(fact.locator('[data-fault]')).toBeVisible();
  await expect(at).toHaveAttribute('aria-invalid', 'true');
  await at.fill('2026-11-24 10:00 +01:00');
  await page.locator('h1').click();
  await expect(fact.locator('[data-fault]')).toBeHidden();
  await expect(fact.locator('[data-read]')).toHaveText('Tue 2026-11-24 10:00 +01:00');
  await expect(
    entry(page, 'cra-vulnerability-and-incident#vulnerability-warning').locator('[data-slot="utc"]'),
  ).toHaveText('2026-11-25 09:00 UTC');
});

test('what no duty depends on is not asked, and can be shown', async ({ page }) => {
  await page.goto('clocks/');
  const singapore = page.locator('[data-fact="notifiable-singapore"]');
  await expect(singapore).toBeVisible();
  await answer(page, 'singapore', 'no');
  await expect(singapore).toBeHidden();
  await answer(page, 'united-states', 'no');
  await expect(page.locator('[data-fact="california"]')).toBeHidden();
  await page.getByRole('button', { name: 'Show all questions' }).click();
  await expect(page.locator('[data-fact="california"]')).toBeVisible();
  await expect(page.locator('[data-fact="california"] input[value="no"]')).toBeChecked();
  await expect(page.locator('[data-fact="california"] [data-tag]')).toHaveText('follows');
  await expect(page.locator('[data-fact="sec-registrant"] [data-tag]')).toHaveText('from the plan');
});

test('a number of people rules a threshold out', async ({ page }) => {
  await page.goto('clocks/');
  await page.getByLabel('People concerned, in all countries').fill('499');
  await expect(part(page, 'excluded').locator('[data-entry="california-breach#attorney-general"]')).toHaveCount(1);
  await page.getByLabel('People concerned, in all countries').fill('5000');
  await expect(part(page, 'excluded').locator('[data-entry="california-breach#attorney-general"]')).toHaveCount(0);
});

test('holidays and the time zone move business days', async ({ page }) => {
  await fillFacts(page);
  await answer(page, 'brazil', 'yes');
  const people = entry(page, 'brazil-lgpd#people').locator('[data-slot="local"]');
  await expect(people).toHaveText('Fri 2026-11-27 04:35 +01:00');
  await page.getByText('Other times, time zone, holidays').click();
  await page.getByLabel('Public holidays in the coming weeks').fill('2026-11-26');
  await expect(people).toHaveText('Mon 2026-11-30 04:35 +01:00');
  await page.getByLabel('Time zone in which days are counted').selectOption('America/Sao_Paulo');
  await expect(people).toHaveText('Mon 2026-11-30 00:35 -03:00');
});

test('all is kept under a name with plan and base, through a reload', async ({ page }) => {
  await fillFacts(page);
  const authority = entry(page, 'gdpr-authority#authority');
  await authority.locator('summary').click();
  await authority.getByLabel('Reason').fill('Counsel asked');
  await page.reload();
  await expect(page.locator('#moment-awareness')).toHaveValue('2026-11-24 03:35');
  await expect(page.locator('[data-fact="european-union"] input[value="yes"]')).toBeChecked();
  await expect(entry(page, 'gdpr-authority#authority').locator('[data-record="why"]')).toHaveValue('Counsel asked');
  expect(await page.evaluate(() => Object.keys(localStorage))).toContain(storageKey);
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.locator('#moment-awareness')).toHaveValue('');
  expect(await page.evaluate((key) => localStorage.getItem(key), storageKey)).toBeNull();
});

test('two windows show the same answers', async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await first.goto('clocks/');
  await second.goto('clocks/');
  await answer(first, 'japan', 'no');
  await expect(second.locator('[data-fact="japan"] input[value="no"]')).toBeChecked();
  await second.locator('#moment-awareness').fill('2026-11-24 03:35');
  await expect(first.locator('#moment-awareness')).toHaveValue('2026-11-24 03:35');
  await expect(first.locator('[data-fact="japan"] input[value="no"]')).toBeChecked();
});

test('what a stranger left in the storage does not break the page, and a browser that keeps nothing is told', async ({
  page,
}) => {
  await page.goto('clocks/');
  for (const left of ['{', '[]', 'null', '{"facts":3,"timeZone":"Europe/Atlantis","duties":[]}']) {
    await page.evaluate(([key, value]) => localStorage.setItem(key as string, value as string), [storageKey, left]);
    await page.reload();
    await expect(page.locator('[data-count]')).toContainText('may apply');
  }
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.reload();
  await page.locator('#moment-awareness').fill('2026-11-24 03:35');
  await expect(page.locator('[data-kept]')).toContainText('does not keep what you answer');
});

test('a decision not to notify needs a reason, and stands in the printed record', async ({ page }) => {
  await fillFacts(page);
  await answer(page, 'risk-to-people', 'yes');
  const authority = entry(page, 'gdpr-authority#authority');
  await authority.locator('summary').click();
  await authority.getByLabel('Do not notify').check();
  await expect(authority.getByText('A decision not to notify needs its reason.')).toBeVisible();
  await page.locator('h1').click();
  await expect(part(page, 'dated').locator('[data-entry="gdpr-authority#authority"]')).toHaveCount(1);
  await authority.getByLabel('Reason').fill('The key was not lost');
  await authority.getByLabel('Decided by, at').fill('P. Officer');
  await page.locator('h1').click();
  await expect(part(page, 'settled').locator('[data-entry="gdpr-authority#authority"]')).toHaveCount(1);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-clocks]')).toBeHidden();
  const row = page.locator('.clocks-paper-duties tr', { hasText: 'Articles 33 and 34' }).first();
  await expect(row).toContainText('Do not notify');
  await expect(row).toContainText('The key was not lost; P. Officer');
  await expect(row).toContainText('Fri 2026-11-27 04:35 +01:00 (2026-11-27 03:35 UTC)');
  await expect(page.locator('.clocks-paper-facts')).toContainText('European Union');
  await expect(page.locator('.clocks-paper-excluded')).toContainText('Not so: Japan');
});

test('deadlines are saved as a calendar, without what is settled', async ({ page }) => {
  await page.goto('clocks/');
  await page.getByRole('button', { name: 'Save deadlines for a calendar' }).click();
  await expect(page.locator('[data-said]')).toContainText('no deadline to save yet');
  await fillFacts(page);
  await answer(page, 'risk-to-people', 'yes');
  const sent = entry(page, 'nis2-significant-incident#early-warning');
  await sent.locator('summary').click();
  await sent.getByLabel('Sent at').fill('2026-11-24 09:00');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save deadlines for a calendar' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^clocks-\d{8}T\d{4}Z\.ics$/);
  const file = readFileSync(await download.path(), 'utf8');
  expect(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  const events = file.replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1);
  const authority = events.find((event) => event.includes('UID:gdpr-authority.authority.'));
  expect(authority).toContain('DTSTART:20261127T033500Z');
  expect(authority).toContain('SUMMARY:Applies: Personal data breach (GDPR) (authority)');
  expect(authority).toContain('Never legal advice');
  expect(events.some((event) => event.includes('UID:nis2-significant-incident.early-warning.'))).toBe(false);
});

test('works by keyboard alone', async ({ page }) => {
  await page.goto('clocks/');
  await page.locator('#moment-awareness').focus();
  await page.keyboard.type('2026-11-24 03:35');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Now: We became aware' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-fact="european-economic-area"] input[value="unknown"]')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('[data-fact="european-economic-area"] input[value="no"]')).toBeChecked();
  await expect(page.locator('[data-fact="european-economic-area"] input[value="no"]')).toBeFocused();
  await expect(part(page, 'excluded').locator('[data-entry="gdpr-authority#authority"]')).toHaveCount(1);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing on the filled page, ${colorScheme}, and it does not scroll sideways`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({
      colorScheme,
      ...(baseURL ? { baseURL } : {}),
      viewport: colorScheme === 'dark' ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    await fillFacts(page);
    for (const folded of ['[data-part-of="waiting"]', '.clocks-more', '[data-fact="european-union"] details'])
      await page.locator(`${folded} > summary`).first().click();
    await entry(page, 'gdpr-authority#authority').locator('summary').click();
    await page.locator('#moment-awareness').fill('not a time');
    await page.locator('h1').click();
    // Wherever a page is scrolled to, a bar at its foot cuts some target in two. That it never lies over what has the
    // focus is tested below.
    await page.locator('[data-bar]').evaluate((bar) => {
      bar.style.position = 'static';
    });
    expect(await faultsOf(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
    await context.close();
  });

test('on a phone the next deadline stays in sight, and never lies over what has the focus', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await fillFacts(page);
  const bar = page.locator('[data-bar]');
  await expect(bar).toHaveText(/^Next: 15 h 35 min left\. \d+ with a deadline$/);
  await expect(bar).toBeInViewport({ ratio: 1 });
  await page.locator('#moment-awareness').focus();
  for (let pressed = 0; pressed < 25; pressed += 1) {
    await page.keyboard.press('Tab');
    const covered = await page.evaluate(() => {
      const top = (document.querySelector('[data-bar]') as HTMLElement).getBoundingClientRect().top;
      return (document.activeElement as HTMLElement).getBoundingClientRect().bottom - top;
    });
    expect(covered).toBeLessThanOrEqual(1);
  }
  await bar.click();
  await expect(page.locator('#duties-title')).toBeInViewport();
});

test('it is linked from notifications, the decision sheet and the library', async ({ page }) => {
  for (const from of [
    'notifications/',
    'notifications/gdpr-authority/',
    'worksheets/notification-decision/',
    'library/',
  ]) {
    await page.goto(from);
    await page.locator('main a[href="/plan/clocks/"]').click();
    await expect(page.locator('h1')).toHaveText('Clocks');
  }
});

test('its script is loaded on no other page', () => {
  const site = '.firebreak/test-site';
  const scripts = (path: string) => readFileSync(`${site}/${path}`, 'utf8').match(/(?<=src=")[^"]+\.js(?=")/g) ?? [];
  const own: string[] = scripts('clocks/index.html').filter((script) => script.includes('Clocks'));
  expect(own).toHaveLength(1);
  const others = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('index.html') && path !== 'clocks/index.html',
  );
  expect(others.length).toBeGreaterThan(280);
  expect(others.filter((path) => scripts(path).some((script) => own.includes(script)))).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('every duty stands with its clocks', async ({ page }) => {
    await page.goto('clocks/');
    await expect(page.locator('.no-script')).toBeVisible();
    await expect(page.locator('[data-clocks]')).toBeHidden();
    const clocks = readdirSync('content/notifications')
      .map((name) => readFileSync(`content/notifications/${name}`, 'utf8'))
      .flatMap((file) => file.slice(0, file.indexOf('\nstanding:')).match(/^ {2}- id: .+$/gm) ?? []);
    expect(clocks.length).toBeGreaterThan(80);
    await expect(page.locator('tr[data-duty]:visible')).toHaveCount(clocks.length);
    const row = page.locator('tr[data-duty="gdpr-authority#authority"]');
    await expect(row).toContainText('72 h');
    await expect(row).toContainText('becomes aware of the breach');
  });
});
