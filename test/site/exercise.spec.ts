/** An exercise in a browser: told by the clock, played in another tab, judged, broken off, and marked wherever it shows. */

import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { IncidentRecord } from '../../src/model/schema-types.ts';
import { faultsOf } from './faults.ts';

const run = 'exercises/lost-laptop-drill/run/';
const clock = (page: Page) => page.locator('.exercise-clock');
const inject = (page: Page, id: string) => page.locator(`[data-inject="${id}"]`);

async function start(page: Page): Promise<void> {
  await page.goto(run);
  await page.locator('[data-start="person"]').fill('F. Example');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(clock(page)).toHaveText('00:00');
}

/** Ids of the injects and of the steps that the first of them expects, read off the page. */
async function injectsOf(page: Page) {
  return page.locator('[data-inject]').evaluateAll((cards) =>
    cards.map((card) => ({
      id: (card as HTMLElement).dataset['inject'] ?? '',
      expects: [...card.querySelectorAll<HTMLElement>('[data-expected]')].map((row) => row.dataset['expected'] ?? ''),
    })),
  );
}

test('told by the clock, played in another tab, and judged by the clock and by the facilitator', async ({
  page,
  context,
}) => {
  await page.clock.install({ time: new Date('2026-11-24T09:00:00Z') });
  await start(page);
  const [first, second] = await injectsOf(page);
  if (!first || !second) throw new Error('the drill has too few injects');
  const [expected = ''] = first.expects;
  const row = inject(page, first.id).locator(`[data-expected="${expected}"]`);
  await expect(row).toContainText('not yet expected');
  await page.getByRole('button', { name: 'Start the clock' }).click();
  await expect(inject(page, first.id)).toContainText('Told at 00:00');
  await expect(inject(page, second.id)).not.toContainText('Told at');
  await expect(row).toContainText('open');

  // The players' screen shows what they were told, and nothing that is for the facilitator.
  const screen = await context.newPage();
  await screen.goto('exercises/lost-laptop-drill/screen/');
  await expect(screen.locator('[data-screen]')).toContainText(
    (await inject(page, first.id).locator('.read-out').innerText()).slice(0, 60),
  );
  await expect(screen.locator('.exercise-note')).toHaveCount(0);

  const player = await context.newPage();
  const [runbook, step] = expected.replace('runbook:', '').split('#');
  await player.goto(`runbooks/${runbook}/`);
  await expect(player.locator('.incident-bar')).toContainText('EXERCISE: Lost laptop drill');
  await player.locator(`input[data-tick="${step}"]`).check();
  await expect(player.locator(`#${step}`)).toContainText('F. Example');
  await expect(row).toContainText('done in time');

  await page.clock.runFor(4 * 60_000 + 2000);
  await expect(inject(page, second.id)).toContainText('Told at');
  await expect(screen.locator('[data-screen] h2').first()).toHaveText(
    (await inject(page, second.id).locator('h2').innerText()).replace(/^\d+ min\s+/, ''),
  );
  await page.getByRole('button', { name: 'Hold the clock' }).click();
  const held = await clock(page).innerText();
  await page.clock.runFor(60_000);
  await expect(clock(page)).toHaveText(held);

  // What the facilitator says outweighs the clock, and survives a reload.
  await row.locator('select').selectOption('unclear');
  await row.locator('input').fill('Asked after the caller hung up');
  await row.locator('input').blur();
  await expect(row).toContainText('unclear');
  await page.reload();
  await expect(row).toContainText('unclear');
  await expect(row.locator('input')).toHaveValue('Asked after the caller hung up');
  await expect(clock(page)).toHaveText(held);
});

test('by hand, with the clock held from the beginning of the story to its end', async ({ page }) => {
  await start(page);
  await page.getByLabel('Tell the players by the clock').uncheck();
  await page.getByRole('button', { name: 'Start the clock' }).click();
  const injects = await injectsOf(page);
  for (const { id } of injects) {
    await expect(inject(page, id)).not.toContainText('Told at');
    await page.locator('.exercise-desk [data-key="tell"]').click();
    await expect(inject(page, id)).toContainText('Told at');
  }
  await expect(page.locator('.exercise-next')).toHaveText('All injects were told.');
  await page.getByRole('button', { name: 'End the exercise' }).click();
  await expect(page.locator('.exercise-desk')).toContainText('The exercise is over.');
  await expect(page.locator('.exercise-desk [data-key="clock"]')).toHaveCount(0);
});

test('the players on another device: the file begins the same record there, and comes back', async ({
  page,
  browser,
  baseURL,
}) => {
  await start(page);
  await page.getByRole('button', { name: 'Start the clock' }).click();
  const [first] = await injectsOf(page);
  await expect(inject(page, first?.id ?? '')).toContainText('Told at');
  await page.locator('.exercise-more > summary').click();
  const saved = async (from: Page, name: string | RegExp) => {
    const [download] = await Promise.all([
      from.waitForEvent('download'),
      from.getByRole('button', { name }).first().click(),
    ]);
    return { name: 'record.json', mimeType: 'application/json', buffer: readFileSync(await download.path()) };
  };
  const file = await saved(page, 'File for the players’ devices');
  const other = await browser.newContext(baseURL ? { baseURL } : {});
  const player = await other.newPage();
  await player.goto('incident/');
  await player.getByLabel('File of a record').setInputFiles(file);
  await player.locator('.incident-row').getByLabel('Who are you?').fill('P. Example');
  await player.getByRole('button', { name: /^Open: EXERCISE: / }).click();
  await expect(player.locator('.incident-bar.is-exercise')).toBeVisible();
  const [runbook, step] = (first?.expects[0] ?? '').replace('runbook:', '').split('#');
  await player.goto(`runbooks/${runbook}/`);
  await player.locator(`input[data-tick="${step}"]`).check();
  await expect(player.locator(`#${step}`)).toContainText('P. Example');
  await player.goto('incident/');
  const theirs = await saved(player, 'Record (JSON)');
  await other.close();
  await page.getByLabel('Record of a player').setInputFiles(theirs);
  await expect(page.locator('.exercise-desk')).toContainText('1 entry added.');
  await expect(
    inject(page, first?.id ?? '')
      .locator('[data-expected]')
      .first(),
  ).toContainText('done');
});

test('"real incident" ends it at once in every tab, and nothing real gets into its record', async ({
  page,
  context,
}) => {
  await start(page);
  await page.getByRole('button', { name: 'Start the clock' }).click();
  const player = await context.newPage();
  await player.goto('runbooks/lost-device/');
  await player.locator('.incident-bar').getByRole('button', { name: 'Real incident' }).click();
  await expect(player.getByRole('dialog')).toContainText('This is real. The exercise is over.');
  await expect(page.locator('.exercise-desk .tag')).toHaveText('over');
  await expect(page.locator('.incident-bar [role="alert"]').last()).toContainText('This is real.');
  expect(await faultsOf(player)).toEqual([]);

  await player.getByRole('link', { name: 'Start the real incident' }).click();
  await expect(player.locator('.incident-bar')).toHaveCount(0);
  const form = player.locator('.incident-form').last();
  await form.locator('[data-start="name"]').fill('2026-002 Bag stolen');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(player.locator('.incident-bar')).toContainText('2026-002 Bag stolen');
  await expect(player.locator('.incident-bar')).not.toContainText('EXERCISE');

  // By mistake: the exercise goes on.
  await page.bringToFront();
  await page.locator('.exercise-desk [data-key="resume"]').click();
  await expect(page.locator('.exercise-desk .tag')).toHaveText('runs');
});

test('it is marked as an exercise in the list, in its record and in its files', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: 'Start the clock' }).click();
  await expect(page.locator('[data-is-told]')).toHaveCount(1);
  await page.goto('incident/');
  await expect(page.locator('.incident-title')).toContainText('EXERCISE: ');
  await expect(page.locator('tbody')).toContainText('Exercise started');
  await expect(page.locator('tbody')).toContainText('The players are told: ');
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Record (JSON)' }).click(),
  ]);
  expect(json.suggestedFilename()).toMatch(/^incident-EXERCISE-/);
  const record = JSON.parse(readFileSync(await json.path(), 'utf8')) as IncidentRecord;
  expect(record.entries[0]).toMatchObject({
    type: 'incident-started',
    ref: 'exercise:lost-laptop-drill',
    data: { exercise: true },
  });
  const [markdown] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Timeline (Markdown)' }).click(),
  ]);
  expect(readFileSync(await markdown.path(), 'utf8')).toMatch(/^# EXERCISE: /);
});

for (const [name, options] of [
  ['a desk', { viewport: { width: 1280, height: 800 } }],
  ['a phone in the dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const)
  test(`nothing stands in the way of anybody, on ${name}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ ...options, ...(baseURL ? { baseURL } : {}) });
    const page = await context.newPage();
    const fits = () =>
      page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    await page.goto(run);
    await expect(page.locator('.exercise-desk form')).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    await start(page);
    await page.getByRole('button', { name: 'Start the clock' }).click();
    await page.locator('.exercise-how select').first().selectOption('late');
    await page.locator('.exercise-more > summary').click();
    expect(await faultsOf(page)).toEqual([]);
    expect(await fits()).toBe(true);
    await expect(page.locator('.incident-name')).toBeInViewport();
    await page.goto('exercises/lost-laptop-drill/screen/');
    await expect(page.locator('.exercise-told-part').first()).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    expect(await fits()).toBe(true);
    await context.close();
  });

test('cards hold what the players are told, each with the mark, and nothing for the facilitator', async ({ page }) => {
  await start(page);
  await page.evaluate(() => {
    window.print = () => {};
  });
  await page.locator('.exercise-more > summary').click();
  await page.getByRole('button', { name: 'Print cards for the players' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.exercise-note').first()).toBeHidden();
  await expect(page.locator('.exercise-expects').first()).toBeHidden();
  await expect(page.locator('.read-out').first()).toBeVisible();
  expect(
    await page
      .locator('.exercise-inject')
      .first()
      .evaluate((card) => getComputedStyle(card, '::before').content),
  ).toContain('Exercise');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says what to do, and holds the injects with room for the minutes', async ({ page }) => {
    await page.goto(run);
    await expect(page.locator('noscript p')).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.exercise-how').first()).toContainText('Seen at minute');
  });
});
