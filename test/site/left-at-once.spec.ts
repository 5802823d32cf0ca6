/** Whoever ticks and turns the page at once, on a slow line or a slow disk, finds it in the record all the same. */

import { expect, type Page, test } from '@playwright/test';
import type { IncidentEntry } from '../../src/model/schema-types.ts';

const name = '2026-011 Left at once';

async function start(page: Page, runbook = 'ransomware'): Promise<void> {
  await page.goto(`runbooks/${runbook}/`);
  await page.locator('[data-start-incident]').first().click();
  const form = page.locator('.incident-form').last();
  await form.locator('[data-start="name"]').fill(name);
  await form.locator('[data-start="person"]').fill('A. Example');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.locator('.incident-bar')).toContainText(name);
  await expect(page.locator('.step-record-button').first()).toBeAttached();
}

/** What the database of this browser holds, and what still stands ahead of it. */
function kept(page: Page): Promise<{ entries: IncidentEntry[]; ahead: string[] }> {
  return page.evaluate(async () => {
    const ahead = Object.keys(localStorage).filter((key) => key.startsWith('firebreak:ahead:'));
    const [found] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('firebreak:incidents:'));
    const entries = await new Promise<IncidentEntry[]>((resolve, reject) => {
      const opening = indexedDB.open(found?.name ?? '');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const reading = opening.result.transaction('entries').objectStore('entries').getAll();
        reading.onsuccess = () => {
          opening.result.close();
          resolve(reading.result);
        };
      };
    });
    return { entries, ahead };
  });
}

const ticks = ({ entries }: { entries: IncidentEntry[] }) => entries.filter(({ type }) => type === 'step-ticked');

/** Lets the pages of this browser write nothing to its databases, as a slow disk does, until they are let go. */
async function holdWrites(page: Page): Promise<void> {
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = function put(): IDBRequest<IDBValidKey> {
      // A request that is never answered; its transaction goes with the page.
      this.transaction.abort();
      throw new DOMException('held up', 'AbortError');
    };
  });
}

/** Lets no answer to such a request through until what is returned is called. */
async function holdBack(page: Page, glob: string): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(glob, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test('a tick from before the scripts are there is recorded with its time, though the page was left', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2026-11-24T03:06:00Z') });
  await start(page);
  await page.clock.setFixedTime(new Date('2026-11-24T03:20:00Z'));
  // All that a page asks for after its own scripts: the session, and what it knows of the plan.
  await page.route(/\/(incident-plan\.json|steps\.json|(open|session|store|runbook)\.[^/]*\.js)/, () => {});
  await page.goto('runbooks/ransomware/');
  await page.locator('input[data-tick]').first().check();
  await page.unrouteAll();
  await page.goto('about/');
  await page.clock.setFixedTime(new Date('2026-11-24T03:50:00Z'));
  await page.goto('incident/');
  const line = page.locator('[data-incident-page] tbody tr', { hasText: 'Done' });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('03:20');
  await expect(line).toContainText('A. Example');
  await expect.poll(async () => (await kept(page)).ahead).toEqual([]);
  const [tick, ...more] = ticks(await kept(page));
  expect(more).toEqual([]);
  expect(tick).toMatchObject({ by: 'A. Example' });
  expect(new Date(tick?.at ?? '').toISOString()).toBe('2026-11-24T03:20:00.000Z');
  await page.goto('runbooks/ransomware/');
  await expect(page.locator('input[data-tick]').first()).toBeChecked();
});

test('a tick on a page that stays is recorded once, with its own time', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-11-24T03:06:00Z') });
  await start(page);
  const letGo = await holdBack(page, '**/incident-plan.json');
  await page.goto('runbooks/ransomware/');
  await page.clock.setFixedTime(new Date('2026-11-24T03:20:00Z'));
  await page.locator('input[data-tick]').first().check();
  await page.clock.setFixedTime(new Date('2026-11-24T03:25:00Z'));
  letGo();
  await expect(page.locator('.step-said').first()).toContainText('Done 03:20 UTC, A. Example');
  await expect.poll(async () => (await kept(page)).ahead).toEqual([]);
  const found = ticks(await kept(page));
  expect(found).toHaveLength(1);
  expect(found[0]).toHaveProperty('digest');
});

test('a tick from before the record was at hand keeps what the runbook said then, though the page was left', async ({
  page,
}) => {
  await start(page);
  const letGo = await holdBack(page, '**/incident-plan.json');
  await page.goto('runbooks/ransomware/');
  await page.locator('input[data-tick]').first().check();
  await holdWrites(page);
  letGo();
  await expect(page.locator('.step-said').first()).toContainText('A. Example');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('incident/');
  await expect(page.locator('[data-incident-page] tbody tr', { hasText: 'Done' })).toHaveCount(1);
  await expect.poll(async () => (await kept(page)).ahead).toEqual([]);
  const found = ticks(await kept(page));
  expect(found).toHaveLength(1);
  expect(found[0]).toHaveProperty('digest');
});

test('what was recorded while the disk was slow is there after the page was left, once, in two tabs', async ({
  page,
  context,
}) => {
  await start(page);
  await holdWrites(page);
  const step = page.locator('article.step').first();
  await step.locator('input[data-tick]').check();
  const second = page.locator('article.step').nth(1);
  await second.getByRole('button', { name: /^Note, skip/ }).click();
  await second.locator('.step-deeds textarea').fill('Line busy');
  await second.getByRole('button', { name: 'Save as a note' }).click();
  await second.locator('.step-deeds textarea').fill('Half a sent');
  expect(ticks(await kept(page))).toEqual([]);
  page.on('dialog', (dialog) => void dialog.accept());
  const address = page.url();
  // Both of them find what stands ahead.
  const other = await context.newPage();
  await Promise.all([page.goto('about/'), other.goto('about/')]);
  await Promise.all([page.goto(address), other.goto(address)]);
  for (const tab of [page, other]) {
    await expect(tab.locator('article.step').first().locator('.step-said')).toContainText('A. Example');
    await expect(tab.locator('article.step').nth(1).locator('.step-notes li')).toHaveText([/Line busy/]);
    await expect(tab.locator('article.step').nth(1).locator('.step-deeds textarea')).toHaveValue('Half a sent');
  }
  await expect.poll(async () => (await kept(page)).ahead).toEqual([]);
  const found = await kept(page);
  expect(ticks(found)).toHaveLength(1);
  expect(new Set(found.entries.map(({ id }) => id)).size).toBe(found.entries.length);
});

test('an answer on a form is there, though the page was left before the record was at hand', async ({ page }) => {
  await start(page);
  await page.route('**/incident-plan.json', () => {});
  await page.goto('worksheets/five-ws/');
  await page.locator('[data-field="one-sentence"]').fill('Files are encrypted');
  await page.goto('worksheets/chain-of-custody/');
  const cell = page.locator('[data-rows] [data-row] textarea, [data-rows] [data-row] input[type="text"]').first();
  await cell.pressSequentially('Laptop 14');
  await page.goto('clocks/');
  await page.locator('#moment-awareness').fill('2026-11-24 03:35');
  await page.unrouteAll();
  await page.goto('incident/');
  const line = (text: string) => page.locator('[data-incident-page] tbody tr', { hasText: text });
  for (const words of ['Files are encrypted', 'Laptop 14', '2026-11-24 03:35'])
    await expect(line(words)).toHaveCount(1);
  await page.goto('worksheets/chain-of-custody/');
  await expect(cell).toHaveValue('Laptop 14');
});

test('what stands ahead goes with the incident that is wiped', async ({ page }) => {
  await start(page);
  await page.goto('incident/');
  await expect(page.locator('[data-incident-page] tbody tr')).not.toHaveCount(0);
  await holdWrites(page);
  await page.locator('[data-note]').fill('The guard saw nobody');
  await page.getByRole('button', { name: 'Save as a note' }).click();
  await expect(page.locator('[data-incident-page] tbody')).toContainText('The guard saw nobody');
  expect((await kept(page)).ahead).not.toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Record (JSON)' }).click(),
  ]);
  await page.locator('summary', { hasText: 'Wipe from this device' }).click();
  await page.getByLabel('The saved file').setInputFiles(await download.path());
  await expect(page.locator('[data-incident-page]')).toContainText('holds every entry');
  await page.locator('[data-wipe="name"]').fill(name);
  await page.getByRole('button', { name: 'Wipe it' }).click();
  await expect(page.locator('[data-incident-page]')).toContainText('No incident is recorded on this device.');
  expect(await kept(page)).toEqual({ entries: [], ahead: [] });
});

test('where storage is forbidden a tick before the scripts does no harm', async ({ page }) => {
  await start(page);
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto('runbooks/ransomware/');
  const box = page.locator('input[data-tick]').first();
  // What is drawn while the record is read may take the tick off for a moment; it is what stands in the end that counts.
  await box.click();
  await expect(page.locator('.step-said').first()).toContainText('A. Example');
  await expect(box).toBeChecked();
});

test('a box that was ticked before any script ran stays ticked', async ({ page }) => {
  const letGo = await holdBack(page, '**/*.js');
  await page.goto('runbooks/ransomware/', { waitUntil: 'commit' });
  const box = page.locator('input[data-tick]').first();
  await box.check();
  letGo();
  await expect(page.locator('[data-open-reader]')).toBeVisible();
  await expect(box).toBeChecked();
  await page.unrouteAll();
  await page.reload();
  await expect(box).toBeChecked();
});
