/** The story of one incident: started, followed, recorded in two tabs, saved, wiped, and gone on with elsewhere. */

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, type Download, expect, type Page, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RunbookSteps } from '../../src/model/incident/steps.ts';
import type { IncidentRecord } from '../../src/model/schema-types.ts';
import { faultsOf } from './faults.ts';

const name = '2026-001 Files encrypted in the plant';

/** Starts an incident on the page that is open. */
async function start(page: Page, roles: string[] = ['Analyst']): Promise<void> {
  await page.locator('[data-start-incident]').first().click();
  const form = page.locator('.incident-form').last();
  await form.locator('[data-start="name"]').fill(name);
  await form.locator('[data-start="person"]').fill('A. Example');
  for (const role of roles) await form.getByRole('checkbox', { name: role, exact: true }).check();
  await form.locator('[data-start="detected"]').fill('2026-11-24 03:05');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.locator('.incident-bar')).toContainText(name);
}

const step = (page: Page, id: string) => page.locator(`article.step#${id}`);
const record = (page: Page) => page.locator('[data-incident-page]');

async function read(download: Download): Promise<IncidentRecord> {
  return JSON.parse(readFileSync(await download.path(), 'utf8')) as IncidentRecord;
}

async function saveRecord(page: Page): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Record (JSON)' }).click(),
  ]);
  return download;
}

test('from the first tick to a record that goes on in another browser', async ({ page, context, browser, baseURL }) => {
  test.setTimeout(120_000);
  await page.goto('runbooks/ransomware/');
  // Ticked before anybody thought of a record: taken over, without a time.
  await step(page, 'check-for-danger').locator('input[data-tick]').check();
  await start(page);
  await expect(step(page, 'check-for-danger').locator('.step-said')).toContainText(
    'Done before the record began, A. Example',
  );

  await step(page, 'isolate-hosts').locator('input[data-tick]').check();
  await expect(step(page, 'isolate-hosts').locator('.step-said')).toHaveText(/^Done \d\d:\d\d UTC, A\. Example/);

  const third = step(page, 'call-security');
  await third.getByRole('button', { name: /^Note, skip/ }).click();
  await third.locator('.step-deeds textarea').fill('Line busy twice');
  await third.getByRole('button', { name: 'Save as a note' }).click();
  await expect(third.locator('.step-notes')).toContainText('Line busy twice');
  await third.locator('.step-deeds textarea').fill('They called us');
  await third.getByRole('button', { name: 'Skip this step' }).click();
  await expect(third.locator('.step-said')).toContainText(/Skipped \d\d:\d\d UTC, A\. Example Reason: They called us/);

  const decision = page.locator('.step-decision').first();
  await decision.locator('input[type="radio"]').nth(1).check();
  const answer = (await decision.locator('.option-answer').nth(1).innerText()).trim();
  await decision.locator('.step-decide textarea').fill('The backups are intact');
  await decision.getByRole('button', { name: 'Record the decision' }).click();
  await expect(decision.locator('.step-said')).toContainText(`Decided: ${answer}`);
  // The options fold with the decision; where the answer leads stays in sight.
  await expect(decision.locator('.step-said').getByRole('link', { name: /^RW \d+/ })).toBeVisible();
  await expect(decision.locator('input[data-tick]')).toBeChecked();

  // A second tab is told at once, and what it adds comes back.
  const second = await context.newPage();
  await second.goto('runbooks/ransomware/');
  await expect(step(second, 'isolate-hosts').locator('input[data-tick]')).toBeChecked();
  const fourth = page.locator('article.step').nth(4);
  const fourthId = (await fourth.getAttribute('id')) ?? '';
  await step(second, fourthId).locator('input[data-tick]').check();
  await expect(fourth.locator('input[data-tick]')).toBeChecked();
  await expect(fourth.locator('.step-said')).toContainText('A. Example');
  await second.close();

  await page.reload();
  await expect(step(page, 'isolate-hosts').locator('.step-said')).toContainText('A. Example');
  await expect(third.locator('.step-said')).toContainText('They called us');
  await expect(decision.locator('input[type="radio"]').nth(1)).toBeChecked();

  await page.goto('incident/');
  await expect(record(page).locator('tbody tr', { hasText: 'Line busy twice' })).toBeVisible();
  await expect(record(page).locator('.hand-over')).toContainText('The backups are intact');
  const saved = await saveRecord(page);
  const file = await read(saved);
  const ajv = new Ajv2020({ strict: true });
  ajv.addKeyword({ keyword: 'x-unstable', schemaType: 'boolean' });
  const schema = await (await page.request.get('incident/record.schema.json')).json();
  expect(ajv.validate(schema, file), ajv.errorsText()).toBe(true);
  expect(file.entries.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'incident-started',
      'role-taken',
      'fact',
      'step-ticked',
      'note',
      'step-skipped',
      'decision-taken',
    ]),
  );

  // Under a legal hold nothing is wiped, whatever is shown and typed.
  await page.locator('summary', { hasText: 'Place a legal hold' }).click();
  await page.locator('[data-hold="reason"]').fill('Counsel, matter 12');
  await page.getByRole('button', { name: 'Place a legal hold' }).click();
  await expect(record(page)).toContainText('Counsel, matter 12');
  await page.locator('summary', { hasText: 'Wipe from this device' }).click();
  const wipe = page.getByRole('button', { name: 'Wipe it' });
  await page.locator('[data-wipe="name"]').fill(name);
  await page.getByLabel('The saved file').setInputFiles(await (await saveRecord(page)).path());
  await wipe.click();
  await expect(record(page)).toContainText('A legal hold is in force, so nothing is wiped.');
  expect(await keptBy(page)).toBeGreaterThan(file.entries.length);
  await page.locator('[data-hold="reason"]').fill('Counsel');
  await page.getByRole('button', { name: 'Lift the legal hold' }).click();
  await expect(page.locator('summary', { hasText: 'Place a legal hold' })).toBeVisible();

  // Wiping wants the saved file, whole, and the name.
  await page.locator('[data-wipe="name"]').fill(name);
  await wipe.click();
  await expect(page.locator('.incident-bar')).toContainText(name);
  await page.getByLabel('The saved file').setInputFiles(await saved.path());
  await expect(record(page)).toContainText('This file lacks 2 entries of the record.');
  const whole = await saveRecord(page);
  await page.getByLabel('The saved file').setInputFiles(await whole.path());
  await expect(record(page)).toContainText('holds every entry');
  await page.locator('[data-wipe="name"]').fill('something else');
  await wipe.click();
  await expect(record(page)).toContainText(`It is called ${name}`);
  await page.locator('[data-wipe="name"]').fill(name);
  await wipe.click();
  await expect(record(page)).toContainText('No incident is recorded on this device.');
  await expect(page.locator('.incident-bar')).toHaveCount(0);
  expect(await keptBy(page)).toBe(0);

  // Somebody else goes on where it stopped.
  const elsewhere = await browser.newContext(baseURL ? { baseURL } : {});
  const next = await elsewhere.newPage();
  await next.goto('incident/');
  await next.getByLabel('File of a record').setInputFiles(await saved.path());
  await expect(record(next)).toContainText(`${file.entries.length} entries added.`);
  await next.getByLabel('File of a record').setInputFiles(await saved.path());
  await expect(record(next)).toContainText('Everything in this file was here already.');
  await next.locator('.incident-row').getByLabel('Who are you?').fill('B. Example');
  await next.getByRole('button', { name: `Open: ${name}` }).click();
  await expect(record(next)).toContainText('merged at');
  await next.goto('runbooks/ransomware/');
  await expect(step(next, 'isolate-hosts').locator('.step-said')).toContainText('A. Example');
  await step(next, 'call-security').locator('.step-number').click();
  await step(next, 'isolate-hosts').locator('input[data-tick]').uncheck();
  await expect(step(next, 'isolate-hosts').locator('.step-said')).toContainText(
    /Open again \d\d:\d\d UTC, B\. Example/,
  );
  await elsewhere.close();
});

/** How many entries this browser holds. */
function keptBy(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const [found] = (await indexedDB.databases()).filter((database) =>
      database.name?.startsWith('firebreak:incidents:'),
    );
    if (!found?.name) return 0;
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open(found.name as string);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const counting = opening.result.transaction('entries').objectStore('entries').count();
        counting.onsuccess = () => resolve(counting.result);
      };
    });
  });
}

test('what two devices recorded apart is put together, and what they say differently is listed', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('runbooks/ransomware/');
  await start(page);
  await page.goto('incident/');
  const shared = await (await saveRecord(page)).path();
  const other = await browser.newContext(baseURL ? { baseURL } : {});
  const theirs = await other.newPage();
  await theirs.goto('incident/');
  await theirs.getByLabel('File of a record').setInputFiles(shared);
  await theirs.locator('.incident-row').getByLabel('Who are you?').fill('B. Example');
  await theirs.getByRole('button', { name: `Open: ${name}` }).click();
  await expect(theirs.locator('.incident-bar')).toBeVisible();

  await page.goto('runbooks/ransomware/');
  await step(page, 'isolate-hosts').locator('input[data-tick]').check();
  await theirs.goto('runbooks/ransomware/');
  await step(theirs, 'isolate-hosts')
    .getByRole('button', { name: /^Note, skip/ })
    .click();
  await step(theirs, 'isolate-hosts').getByRole('button', { name: 'Skip this step' }).click();
  await expect(step(theirs, 'isolate-hosts').locator('.step-said')).toContainText('Skipped');
  await theirs.goto('incident/');
  // The file goes with the context that saved it.
  const apart = {
    name: 'record.json',
    mimeType: 'application/json',
    buffer: readFileSync(await (await saveRecord(theirs)).path()),
  };
  await other.close();

  await page.goto('incident/');
  await page.getByLabel('File of a record').setInputFiles(apart);
  await expect(page.locator('.incident-conflicts')).toContainText('A. Example: Done');
  await expect(page.locator('.incident-conflicts')).toContainText('B. Example: Skipped');
  expect(await faultsOf(page)).toEqual([]);
  await page.goto('runbooks/ransomware/');
  await expect(step(page, 'isolate-hosts').locator('.step-conflict')).toBeVisible();
  // The commander saw both; what is recorded now settles it.
  const box = step(page, 'isolate-hosts').locator('input[data-tick]');
  await box.setChecked(!(await box.isChecked()));
  await expect(step(page, 'isolate-hosts').locator('.step-conflict')).toHaveCount(0);
});

test('a file that is no record is refused with the place of the fault', async ({ page }) => {
  await page.goto('incident/');
  const choose = (text: string) =>
    page
      .getByLabel('File of a record')
      .setInputFiles({ name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await choose('{');
  await expect(record(page)).toContainText('the file is not JSON');
  const entry = { id: '4f1c09aa-0b7c2d9e11f04a53', at: '2026-11-24T03:35:00Z', by: 'A', type: 'note', data: {} };
  await choose(JSON.stringify({ schema: 1, incident: '0'.repeat(32), entries: [entry] }));
  await expect(record(page)).toContainText("entry 1, /data must have required property 'text'");
  await expect(record(page)).toContainText('No incident is recorded on this device.');
});

test('what is being typed survives a reload, before anything was saved', async ({ page }) => {
  await page.goto('runbooks/phishing/');
  await start(page);
  const first = page.locator('article.step').first();
  await first.getByRole('button', { name: /^Note, skip/ }).click();
  await first.locator('.step-deeds textarea').pressSequentially('Half a sent');
  await page.reload();
  await expect(first.locator('.step-deeds textarea')).toHaveValue('Half a sent');
});

test('time boxes run from what was recorded, and overdue ones stand out', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-11-24T03:06:00Z') });
  await page.goto('runbooks/ransomware/');
  await start(page);
  const due = step(page, 'isolate-hosts').locator('.step-due');
  await expect(due).toContainText(/Due 03:\d\d UTC, in \d+ min/);
  await page.clock.fastForward('24:00:00');
  await expect(due).toContainText(/Overdue since .*03:\d\d UTC/);
  await expect(due.locator('.tag-overdue')).toBeVisible();
});

test('nobody is led to a step that an answer led past, until the answer is taken back', async ({ page }) => {
  await page.goto('runbooks/ransomware/');
  await start(page);
  const decision = step(page, 'power-off-or-not');
  const passed = step(page, 'power-off-last-resort');
  await decision.getByRole('radio', { name: /^.*No, one line does not hold/ }).check();
  await decision.getByRole('button', { name: 'Record the decision' }).click();
  await expect(passed).toContainText('An answer led past this step.');
  // Its time would run from the decision.
  await expect(passed.locator('.step-due')).toBeHidden();
  await page.goto('incident/');
  const open = page.locator('.open-of-role');
  await expect(open.first()).toBeAttached();
  await expect(open.getByText('Power off', { exact: false })).toHaveCount(0);
  await page.goto('runbooks/ransomware/');
  await expect(passed).toContainText('An answer led past this step.');
  await decision.locator('input[data-tick]').uncheck();
  await expect(passed).not.toContainText('An answer led past this step.');
  await decision.getByRole('radio', { name: /^.*Yes, all four hold/ }).check();
  await decision.getByRole('button', { name: 'Record the decision' }).click();
  await expect(passed.locator('.step-due')).not.toBeEmpty();
});

test('"show me mine" leaves the steps of the roles that I hold', async ({ page }) => {
  await page.goto('runbooks/ransomware/');
  await start(page, ['Scribe']);
  const all = await page.locator('article.step:visible').count();
  await page.getByRole('button', { name: 'Show me mine' }).click();
  const mine = page.locator('article.step:visible');
  expect(await mine.count()).toBeGreaterThan(0);
  expect(await mine.count()).toBeLessThan(all);
  for (const marks of await mine.locator('> .marks').allInnerTexts()) expect(marks).toContain('Scribe');
});

test('the record is shown in one piece, so that no button moves from under the finger', async ({ page }) => {
  await page.addInitScript(() => {
    // It does not wait for a slow line for ever; this machine may be as slow.
    const wait = window.setTimeout;
    window.setTimeout = ((run: () => void, milliseconds = 0) =>
      wait(run, milliseconds > 1000 ? milliseconds * 100 : milliseconds)) as typeof window.setTimeout;
    new MutationObserver((_, observer) => {
      const form = document.querySelector('[data-incident-page] .incident-form');
      if (!form) return;
      observer.disconnect();
      document.documentElement.dataset['shownWith'] = document.querySelector('.hand-over')?.textContent ?? 'nothing';
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('runbooks/ransomware/');
  await start(page);
  await step(page, 'check-for-danger').locator('input[data-tick]').check();
  await page.goto('incident/');
  await expect(page.getByLabel('Name, address or value')).toBeVisible();
  expect(await page.locator('html').getAttribute('data-shown-with')).toContain('RW 1');
});

test('commands offer what belongs to the incident, and warn of anything else', async ({ page }) => {
  await page.goto('runbooks/ransomware/');
  await start(page);
  await page.goto('incident/');
  await page.getByLabel('Name, address or value').fill('fs-plant-01');
  await page.locator('#targets').locator('..').getByRole('button', { name: 'Add', exact: true }).click();
  await page.goto('runbooks/ransomware/');
  await page.getByRole('button', { name: 'Show all detail' }).click();
  const place = page.locator('dd[data-type="host"]').filter({ visible: true }).first();
  const input = place.locator('.fill-input');
  await expect(place.locator('datalist option')).toHaveAttribute('value', 'fs-plant-01');
  await input.fill('fs-office-02');
  await expect(place.locator('.fill-outside')).toHaveText(/^Not among the hosts of this incident\./);
  const command = page.locator('figure.command', { has: place });
  await expect(command.locator('pre code')).toContainText('fs-office-02');
  await input.fill('fs-plant-01');
  await expect(place.locator('.fill-outside')).toHaveText('');
  await expect(command.locator('pre code')).toContainText('fs-plant-01');
  await input.fill("x'; reboot");
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await expect(command.locator('pre code')).not.toContainText('reboot');
});

test('a host isolated in one runbook is shown as isolated in the others', async ({ page }) => {
  await page.goto('runbooks/ransomware/');
  await start(page);
  await expect(step(page, 'isolate-hosts').locator('.step-targets')).toContainText('list them in the record');
  await page.goto('incident/');
  await page.getByLabel('Name, address or value').fill('fs-plant-01');
  await page.locator('#targets').locator('..').getByRole('button', { name: 'Add', exact: true }).click();
  await page.goto('runbooks/ransomware/');
  await step(page, 'isolate-hosts').getByRole('checkbox', { name: 'fs-plant-01' }).check();
  await expect(step(page, 'isolate-hosts').locator('.step-targets')).toContainText('A. Example');
  await page.goto('runbooks/malware-outbreak/');
  // This runbook comes into use, and with it the one before.
  await page.locator('input[data-tick]').first().check();
  const row = step(page, 'isolate-hosts').locator('.step-targets');
  await expect(row.getByRole('checkbox', { name: 'fs-plant-01' })).toBeChecked();
  await expect(row).toContainText('RW 2');
  await row.getByRole('checkbox', { name: 'fs-plant-01' }).uncheck();
  await expect(row).not.toContainText('RW 2');
  await page.goto('runbooks/ransomware/');
  await expect(step(page, 'isolate-hosts').getByRole('checkbox', { name: 'fs-plant-01' })).not.toBeChecked();
});

test('leaving an incident brings back the ticks of the page, and the record stays', async ({ page }) => {
  await page.goto('runbooks/phishing/');
  await start(page);
  const first = page.locator('input[data-tick]').first();
  await first.check();
  await page.locator('.incident-actions summary').click();
  await page.getByRole('button', { name: 'Put aside on this device' }).click();
  await expect(page.locator('.incident-bar')).toHaveCount(0);
  await expect(first).not.toBeChecked();
  await first.check();
  await page.reload();
  await expect(first).toBeChecked();
  await page.goto('incident/');
  await expect(page.locator('.incident-row')).toContainText(name);
});

test.describe('where the browser does not keep anything', () => {
  test('refused storage is said at once, and the file is offered', async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    });
    await page.goto('runbooks/ransomware/');
    await start(page);
    const warning = page.getByRole('alert').filter({ hasText: 'does not keep the record' });
    await expect(warning).toBeVisible();
    await step(page, 'isolate-hosts').locator('input[data-tick]').check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      warning.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    expect((await read(download)).entries.map(({ type }) => type)).toContain('step-ticked');
  });

  test('a full device is said at once, and what was not written is written when there is room', async ({ page }) => {
    await page.goto('runbooks/ransomware/');
    await start(page);
    await page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      Object.assign(window, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { put }) });
    });
    await step(page, 'isolate-hosts').locator('input[data-tick]').check();
    await expect(page.getByRole('alert').filter({ hasText: 'no room left' })).toBeVisible();
    await page.evaluate(() => (window as unknown as { makeRoom: () => void }).makeRoom());
    await step(page, 'call-security').locator('input[data-tick]').check();
    await expect(page.getByRole('alert').filter({ hasText: 'no room left' })).toHaveCount(0);
    await page.reload();
    await expect(step(page, 'isolate-hosts').locator('input[data-tick]')).toBeChecked();
  });
});

test('the keyboard alone starts an incident, ticks and notes', async ({ page }) => {
  await page.goto('runbooks/phishing/');
  await page.locator('[data-start-incident]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-start="name"]')).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type('A. Example');
  await page.keyboard.press('Enter');
  await expect(page.locator('.incident-bar')).toContainText(name);
  // What opened the form is gone: the cursor goes on from the incident.
  await expect(page.locator('.incident-bar').getByRole('link', { name })).toBeFocused();
  const first = page.locator('article.step').first();
  await first.getByRole('button', { name: /^Note, skip/ }).focus();
  await page.keyboard.press('Enter');
  await expect(first.locator('.step-deeds textarea')).toBeFocused();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(first.locator('.step-notes')).toContainText('By keyboard');
  await first.locator('input[data-tick]').focus();
  await page.keyboard.press('Space');
  await expect(first.locator('.step-said')).toContainText('A. Example');
  // The button that skips goes with the step that it skipped; the cursor goes where the reason may follow.
  const second = page.locator('article.step').nth(1);
  await second.getByRole('button', { name: /^Note, skip/ }).focus();
  await page.keyboard.press('Enter');
  await second.getByRole('button', { name: 'Skip this step' }).focus();
  await page.keyboard.press('Enter');
  await expect(second.getByRole('button', { name: 'Give the reason' })).toBeVisible();
  await expect(second.locator('.step-deeds textarea')).toBeFocused();
});

test.describe('with a thumb', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a step is skipped without opening it and without a keyboard, and the next one opens', async ({ page }) => {
    await page.goto('runbooks/ransomware/');
    await start(page);
    const second = page.locator('article.step').nth(1);
    const third = page.locator('article.step').nth(2);
    // All that is to be done, folded or not.
    await expect(second.locator('.step-how')).toBeHidden();
    const open = second.getByRole('button', { name: /^Note, skip/ });
    expect((await open.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await open.tap();
    const skip = second.getByRole('button', { name: 'Skip this step' });
    await expect(skip).toBeInViewport({ ratio: 1 });
    await expect(second.locator('textarea')).not.toBeFocused();
    await skip.tap();
    await expect(second.locator('.step-said')).toContainText('Skipped');
    await expect(second.locator('.step-deeds')).toBeHidden();
    await expect(page.locator('textarea:focus')).toHaveCount(0);
    await expect(third.locator('.step-how')).toBeVisible();
    await expect(third.locator('.step-instruction')).toBeInViewport();
    // The reason follows, from where the step is.
    await open.tap();
    await second.locator('textarea').fill('The plant did it');
    await second.getByRole('button', { name: 'Give the reason' }).tap();
    await expect(second.locator('.step-said')).toContainText('Reason: The plant did it');
  });

  test('a long indicator in the row of a step makes no page wider than the screen', async ({ page }) => {
    await page.goto('runbooks/ransomware/');
    await start(page);
    await page.goto('incident/');
    await page.locator('[data-indicators]').fill('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    await page.getByRole('button', { name: 'Add indicators' }).tap();
    await expect(page.locator('.indicators code')).toBeVisible();
    for (const path of ['incident/', 'runbooks/ransomware/']) {
      await page.goto(path);
      await expect(page.getByText('e3b0c44298fc1c14').filter({ visible: true }).first()).toBeVisible();
      expect(await page.evaluate(() => innerWidth), path).toBe(390);
    }
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the start is in reach, an address leads to its step, and the record says what happened without scrolling sideways', async ({
    page,
  }) => {
    await page.goto('runbooks/ransomware/');
    await page.locator('[data-start-incident]').first().click();
    const form = page.locator('.incident-form').last();
    await expect(form.getByRole('button', { name: 'Start', exact: true })).toBeInViewport({ ratio: 1 });
    await form.locator('[data-start="name"]').fill(name);
    await form.locator('[data-start="person"]').fill('A. Example');
    await form.getByRole('button', { name: 'Start', exact: true }).click();
    // Ticks go into the record now.
    await expect(page.locator('.incident-bar')).toContainText(name);
    await expect(page.getByText('Ticks are kept in this browser only.')).toBeHidden();
    await step(page, 'check-for-danger').locator('input[data-tick]').check();

    await page.goto('incident/');
    await page.getByRole('link', { name: 'Timeline', exact: true }).click();
    const done = page.getByRole('row', { name: /RW 1 .*: Done/ });
    await expect(done.getByRole('cell').last()).toBeInViewport({ ratio: 1 });
    await page.locator('summary', { hasText: 'Set the priority' }).click();
    await page.getByLabel('Priority', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(page.locator('.incident-head')).not.toContainText('Not yet');
    const targets = page.locator('section[aria-labelledby="targets"]');
    await targets.getByLabel('Name, address or value').fill('fs-plant-01');
    await targets.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(targets.getByLabel('Name, address or value')).toBeFocused();

    await page.goto('runbooks/ransomware/#isolate-hosts');
    await expect(step(page, 'isolate-hosts').locator('.step-targets')).toContainText('fs-plant-01');
    await expect(step(page, 'isolate-hosts').locator('.step-instruction')).toBeInViewport({ ratio: 1 });
  });
});

test('the timeline is saved as Markdown and CSV, and a formula stays text', async ({ page }) => {
  await page.goto('runbooks/phishing/');
  await start(page);
  await page.goto('incident/');
  await page.locator('[data-note]').fill('=HYPERLINK("x"), said |who|');
  await page.getByRole('button', { name: 'Save as a note' }).click();
  await expect(page.locator('tbody')).toContainText('=HYPERLINK');
  const saved = async (button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return readFileSync(await download.path(), 'utf8');
  };
  expect(await saved('Timeline (CSV)')).toContain('"\'=HYPERLINK(""x""), said |who|"');
  expect(await saved('Timeline (Markdown)')).toContain('said \\|who\\|');
});

for (const [where, colorScheme, width] of [
  ['a desk', 'light', 1280],
  ['a phone in the dark', 'dark', 390],
] as const)
  test(`nothing stands in the way of anybody, on ${where}`, async ({ browser, baseURL }) => {
    test.setTimeout(180_000);
    const context: BrowserContext = await browser.newContext({
      colorScheme,
      viewport: { width, height: 844 },
      ...(baseURL ? { baseURL } : {}),
    });
    const page = await context.newPage();
    const fits = async () =>
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBeLessThanOrEqual(0);
    await page.goto('runbooks/phishing/');
    await page.locator('[data-start-incident]').click();
    await expect(page.locator('.incident-dialog')).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await start(page);
    const first = page.locator('article.step').first();
    await first.locator('.step-number').click();
    await first.getByRole('button', { name: /^Note, skip/ }).click();
    await first.locator('.step-deeds textarea').fill('A note');
    await first.getByRole('button', { name: 'Save as a note' }).click();
    await page.locator('article.step').nth(1).locator('input[data-tick]').check();
    await page.locator('.incident-actions summary').click();
    expect(await faultsOf(page)).toEqual([]);
    await fits();
    await page.goto('incident/');
    await expect(page.locator('tbody tr')).not.toHaveCount(0);
    await page.locator('[data-incident-page] details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    expect(await faultsOf(page)).toEqual([]);
    await fits();
    await page.locator('[data-incident-page]').getByRole('button', { name: 'Put aside on this device' }).click();
    await expect(page.locator('.incident-row')).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    await fits();
    await context.close();
  });

for (const format of ['A4', 'Letter'] as const)
  test(`the hand-over is one page of ${format}, however much was recorded`, async ({ page }) => {
    await page.goto('runbooks/ransomware/');
    await start(page);
    await page.goto('incident/');
    const file = await read(await saveRecord(page));
    const steps = await (await page.request.get('runbooks/ransomware/steps.json')).json();
    const long = 'The second firewall of the plant answers again, and nobody knows yet since when. '.repeat(8);
    let count = 0;
    const add = (type: string, data: object, more: object = {}) => {
      count += 1;
      const at = new Date(Date.parse(file.entries[0]?.at ?? '') + count * 60_000).toISOString().replace('Z', '+00:00');
      const id = `ffffffff-${String(count).padStart(16, '0')}`;
      file.entries.push({ id, at, by: 'B. Example', type, data, ...more } as IncidentRecord['entries'][number]);
    };
    for (const { id, roles, options } of (steps as RunbookSteps).steps) {
      const ref = `runbook:ransomware#${id}`;
      for (const role of roles) add('role-taken', { role });
      if (options && count < 150) add('decision-taken', { option: options[0]?.id, reason: long }, { ref });
      else if (id.length % 2) add('step-skipped', { reason: long }, { ref });
    }
    for (let at = 0; at < 40; at += 1) {
      add('target-added', { target: { kind: 'host', value: `file-server-plant-${at}.example.org` } });
      add('target-added', { target: { kind: 'account', value: `svc-backup-${at}` } });
      add('target-added', { target: { kind: 'indicator', value: `https://files-${at}.example.net/payload` } });
    }
    for (let at = 0; at < 12; at += 1) add('note', { text: `${at} ${long}` });
    const whole = { name: 'whole.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) };
    await page.getByLabel('File of a record').setInputFiles(whole);
    const handOver = page.locator('.hand-over');
    // What happened is not hidden behind what belongs to it, and what is left out is counted.
    await expect(handOver).toContainText('Host (40): file-server-plant-0.example.org, ');
    await expect(handOver).toContainText('hxxps://files-0[.]example[.]net');
    await expect(handOver).toContainText('11 The second firewall');
    await expect(handOver).toContainText(/nobody knows yet .*… \(whole in the record\)/);
    await page.evaluate(() => {
      window.print = () => {};
    });
    await page.getByRole('button', { name: 'Print the hand-over' }).click();
    const pdf = (await page.pdf({ format })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

test('the scripts of a runbook stay small while an incident is open', async ({ page }) => {
  await page.goto('runbooks/ransomware/');
  await start(page);
  const scripts = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname.slice('/plan/'.length));
  });
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.locator('.step-record-button').first()).toBeAttached();
  const total = [...scripts].reduce(
    (sum, path) => sum + gzipSync(readFileSync(`.firebreak/test-site/${path}`)).length,
    0,
  );
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(20 * 1024);
});
