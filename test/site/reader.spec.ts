/** The reader view: one step at a time, by keyboard and thumb, with the place kept. */

import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from './faults.ts';

const reader = (page: Page) => page.locator('dialog.reader');
const number = (page: Page) => page.locator('.reader-number');
const box = (page: Page, id: string) => page.locator(`input[data-tick="${id}"]`);

async function open(page: Page): Promise<void> {
  await page.goto('runbooks/ransomware/');
  await page.getByRole('button', { name: 'One step at a time' }).click();
  await expect(reader(page)).toBeVisible();
}

test('runs down the steps by keyboard alone, and ticks them on the page', async ({ page }) => {
  await open(page);
  await expect(number(page)).toHaveText('Step RW 1.');
  const first = await page.locator('.reader-instruction').innerText();
  expect(first).toBe(await page.locator('article.step .step-instruction').first().textContent());
  // In sentences, with units as they are said.
  await expect(page.locator('.reader-marks')).toContainText(/Within \d+ (minutes|hours?) of detection\./);
  await expect(page.locator('.reader-after')).toContainText('Next: RW 2,');
  await page.keyboard.press('Enter');
  await expect(number(page)).toHaveText('Step RW 2.');
  await page.keyboard.press('ArrowRight');
  await expect(number(page)).toHaveText('Step RW 3.');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(number(page)).toHaveText('Step RW 1.');
  await expect(reader(page)).toContainText('This step is done.');
  await page.keyboard.press('Escape');
  await expect(reader(page)).toHaveCount(0);
  await expect(page.locator('input[data-tick]').first()).toBeChecked();
  await expect(page.locator('input[data-tick]').nth(1)).not.toBeChecked();
});

test('a decision is answered, leads to its branch, and leads back', async ({ page }) => {
  await open(page);
  const ids = await page
    .locator('.chapter:not(.phase-1) article.step')
    .evaluateAll((steps) => steps.map(({ id }) => id));
  // The first decision with an answer that leads further than the step after it.
  const found = await page
    .locator('.chapter:not(.phase-1) article.step-decision .option')
    .evaluateAll((options, order) => {
      for (const option of options) {
        const id = option.closest('article')?.id ?? '';
        const to = option.querySelector<HTMLAnchorElement>('.option-to a')?.hash.slice(1) ?? '';
        if (order.includes(to) && order.indexOf(to) !== order.indexOf(id) + 1)
          return { id, to, answer: option.querySelector('.option-answer')?.textContent?.trim() ?? '' };
      }
      return undefined;
    }, ids);
  if (!found) throw new Error('the ransomware runbook has no decision with a branch');
  for (let at = 0; at < ids.indexOf(found.id); at += 1) await page.keyboard.press('ArrowRight');
  await expect(number(page)).toHaveText(/^Decision RW \d+\.$/);
  const decision = (await number(page).innerText()).replace(/\D+/g, '');
  await page.locator('.reader-option', { hasText: found.answer }).click();
  const target = await page.locator(`#${found.to} .step-number`).innerText();
  await expect(number(page)).toContainText(target.trim());
  await expect(box(page, found.id)).toBeChecked();
  await page.getByRole('button', { name: `Back to RW ${decision}` }).click();
  await expect(number(page)).toHaveText(`Decision RW ${decision}.`);
});

test('the place is kept through a reload, and after closing', async ({ page, context }) => {
  await open(page);
  for (let at = 0; at < 3; at += 1) await page.keyboard.press('ArrowRight');
  await expect(number(page)).toHaveText(/RW 4/);
  await page.reload();
  await expect(number(page)).toHaveText(/RW 4/);
  // Another window does not open it by itself, and begins at the same place.
  const other = await context.newPage();
  await other.goto('runbooks/ransomware/');
  await expect(other.getByRole('button', { name: 'One step at a time' })).toBeVisible();
  await expect(reader(other)).toHaveCount(0);
  await other.getByRole('button', { name: 'One step at a time' }).click();
  await expect(number(other)).toHaveText(/RW 4/);
  await other.close();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await expect(page.locator('h1')).toHaveText('Ransomware');
  await expect(reader(page)).toHaveCount(0);
});

async function startIncident(page: Page): Promise<void> {
  await page.goto('runbooks/ransomware/');
  await page.locator('[data-start-incident]').first().click();
  const form = page.locator('.incident-form').last();
  await form.locator('[data-start="name"]').fill('Plant');
  await form.locator('[data-start="person"]').fill('A. Example');
  await form.locator('[data-start="detected"]').fill('2026-11-24 03:05');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.locator('.incident-bar')).toContainText('Plant');
}

async function addHosts(page: Page, ...hosts: string[]): Promise<void> {
  await page.goto('incident/');
  for (const host of hosts) {
    await page.getByLabel('Name, address or value').fill(host);
    await page.locator('#targets').locator('..').getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.locator('.incident-record code', { hasText: host })).toBeVisible();
  }
}

test('what is done in it is in the record of an open incident, decisions too', async ({ page }) => {
  await startIncident(page);
  await page.getByRole('button', { name: 'One step at a time' }).click();
  await expect(number(page)).toHaveText('Step RW 1.');
  await page.keyboard.press('Enter');
  await expect(page.locator('article.step').first().locator('.step-said')).toContainText('A. Example');
  while (!(await number(page).innerText()).startsWith('Decision')) await page.keyboard.press('ArrowRight');
  const answer = await page.locator('.reader-option').first().innerText();
  await page.locator('.reader-option').first().click();
  await page.keyboard.press('Escape');
  const step = page.locator('article.step-decision', { has: page.locator('input[type="radio"]:checked') }).first();
  await expect(step.locator('.step-said')).toContainText(`Decided: ${answer.trim()}`);
});

test('a step about hosts has a row for each, which is the row of the page', async ({ page, context }) => {
  await startIncident(page);
  await addHosts(page, 'fs-plant-01', 'fs-plant-02');
  await open(page);
  await page.keyboard.press('ArrowRight');
  await expect(number(page)).toHaveText('Step RW 2.');
  // Its time ran out long ago.
  await expect(page.locator('.reader-due')).toHaveText(/^Overdue since .*03:20 UTC/);
  const row = (name: string) => reader(page).getByRole('checkbox', { name });
  await row('fs-plant-02').focus();
  await page.keyboard.press('Space');
  await expect(row('fs-plant-02')).toBeChecked();
  await expect(row('fs-plant-02')).toBeFocused();
  await expect(row('fs-plant-01')).not.toBeChecked();
  await expect(reader(page).locator('.step-targets')).toContainText('A. Example');
  // What another window adds and does is there at once.
  const other = await context.newPage();
  await addHosts(other, 'fs-plant-03');
  await expect(row('fs-plant-03')).toBeVisible();
  await other.goto('runbooks/ransomware/');
  const there = other.locator('article.step').nth(1);
  await expect(there.getByRole('checkbox', { name: 'fs-plant-02' })).toBeChecked();
  await there.getByRole('checkbox', { name: 'fs-plant-01' }).check();
  await expect(row('fs-plant-01')).toBeChecked();
  await other.close();
  expect(await faultsOf(page, 'dialog.reader')).toEqual([]);
  // Open where the page was left, before the record is at hand.
  await page.reload();
  await expect(number(page)).toHaveText('Step RW 2.');
  await expect(row('fs-plant-01')).toBeChecked();
  await row('fs-plant-01').uncheck();
  await expect(page.locator('article.step').nth(1).locator('.step-targets input').first()).not.toBeChecked();
});

test('a step is skipped in it while an incident is open, and what comes next is shown', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('button', { name: 'Skip', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Close' }).click();
  await startIncident(page);
  await page.getByRole('button', { name: 'One step at a time' }).click();
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(number(page)).toHaveText('Step RW 2.');
  await expect(page.locator('article.step').first().locator('.step-said')).toContainText('Skipped');
  await page.keyboard.press('ArrowLeft');
  await expect(reader(page)).toContainText('This step was skipped.');
  await expect(page.getByRole('button', { name: 'Skip', exact: true })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.locator('article.step').first().getByRole('button', { name: 'Give the reason' })).toBeVisible();
});

test('it begins at the first step that is neither done nor skipped', async ({ page }) => {
  await startIncident(page);
  await page.goto('runbooks/ransomware/');
  const step = (at: number) => page.locator('article.step').nth(at);
  await step(0).getByRole('button', { name: 'Note, skip' }).click();
  await step(0).getByRole('button', { name: 'Skip this step' }).click();
  await expect(step(0).locator('.step-said')).toContainText('Skipped');
  await step(1).locator('input[data-tick]').check();
  await page.getByRole('button', { name: 'One step at a time' }).click();
  await expect(number(page)).toHaveText('Step RW 3.');
});

for (const [where, options] of Object.entries({
  'a phone, dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  'a desk, light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
} as const))
  test.describe(where, () => {
    test.use(options);
    test('axe finds nothing, and the buttons are in sight at every step', async ({ page }) => {
      test.setTimeout(120_000);
      await open(page);
      expect(await faultsOf(page, 'dialog.reader')).toEqual([]);
      const all = Number((await page.locator('.reader-place').innerText()).split(' of ')[1]);
      for (let at = 1; at <= all; at += 1) {
        await expect(page.locator('.reader-place')).toHaveText(`${at} of ${all}`);
        const sideways = await page.locator('.reader-step').evaluate((step) => step.scrollWidth - step.clientWidth);
        expect(sideways, `step ${at}`).toBeLessThanOrEqual(1);
        await expect(page.getByRole('button', { name: 'Back', exact: true })).toBeInViewport({ ratio: 1 });
        await page.keyboard.press('ArrowRight');
      }
    });
  });
