/** Worksheets, clocks and indicators while an incident is open: what is written on them belongs to its record. */

import { readFileSync } from 'node:fs';
import { type Browser, type Download, expect, type Locator, type Page, test } from '@playwright/test';
import type { IncidentRecord } from '../../src/model/schema-types.ts';
import { faultsOf } from './faults.ts';

const name = '2026-001 Files encrypted in the plant';

/** Starts an incident on the page of the record. */
async function start(page: Page, person = 'A. Example'): Promise<void> {
  await page.goto('incident/');
  const form = page.locator('.incident-form').last();
  await form.locator('[data-start="name"]').fill(name);
  await form.locator('[data-start="person"]').fill(person);
  await form.getByRole('checkbox', { name: 'Scribe', exact: true }).check();
  await form.locator('[data-start="detected"]').fill('2026-11-24 03:05');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.locator('.incident-bar')).toContainText(name);
}

/** Opens a form and waits until the record has it. */
async function openForm(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('[data-kept]')).toContainText('belongs to the open incident');
}

const field = (page: Page, id: string) => page.locator(`[data-worksheet] [data-field="${id}"]`).first();
const row = (page: Page, section: string, index: number): Locator =>
  page.locator(`[data-section="${section}"] [data-row]`).nth(index);
const record = (page: Page) => page.locator('[data-incident-page]');

async function saved(page: Page, button: string | RegExp): Promise<{ text: string; path: string; name: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.getByRole('button', { name: button }).click(),
  ]);
  const path = await download.path();
  return { text: readFileSync(path, 'utf8'), path, name: download.suggestedFilename() };
}

/** The record as this device has it, read from what it saves. */
async function entries(page: Page): Promise<IncidentRecord['entries']> {
  await page.goto('incident/');
  return (JSON.parse((await saved(page, 'Record (JSON)')).text) as IncidentRecord).entries;
}

/** Somebody else's device, with the incident from a file. */
async function elsewhere(browser: Browser, baseURL: string | undefined, file: string): Promise<Page> {
  const context = await browser.newContext(baseURL ? { baseURL } : {});
  const page = await context.newPage();
  await page.goto('incident/');
  await page.getByLabel('File of a record').setInputFiles(file);
  await page.locator('.incident-row').getByLabel('Who are you?').fill('B. Example');
  await page.getByRole('button', { name: `Open: ${name}` }).click();
  await expect(page.locator('.incident-bar')).toContainText(name);
  return page;
}

async function addTarget(page: Page, kind: 'Host' | 'Account', value: string): Promise<void> {
  const form = page.locator('section[aria-labelledby="targets"] form');
  await form.getByLabel('What').selectOption({ label: kind });
  await form.getByLabel('Name, address or value').fill(value);
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(page.locator('section[aria-labelledby="targets"]')).toContainText(value);
}

test('the Five Ws are filled from the record, written into it, and seen in another tab and another browser', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await start(page);
  await addTarget(page, 'Host', 'fs-plant-01');
  await openForm(page, 'worksheets/five-ws/');
  await expect(field(page, 'case-number')).toHaveValue(name);
  await expect(field(page, 'noticed-utc')).toHaveValue('2026-11-24 03:05');
  await expect(page.locator('label', { hasText: 'Case number' })).toContainText('from the record');
  await expect(row(page, 'who-victims', 0).locator('[data-field="victim-name"]')).toHaveValue('fs-plant-01');
  await expect(row(page, 'who-victims', 0).locator('legend').first()).toContainText('from the record');

  // Written over: it is an answer of its own from now on; emptied, it is the record's again.
  await field(page, 'case-number').fill('2026-001-A');
  await field(page, 'one-sentence').fill('Three file servers are encrypted.');
  await field(page, 'one-sentence').blur();
  await expect(page.locator('label', { hasText: 'Case number' })).not.toContainText('from the record');
  await row(page, 'who-victims', 0).locator('[data-field="victim-certainty"][value="known"]').check();
  await page.locator('[data-section="open-questions"] [data-add-row]').click();
  await row(page, 'open-questions', 1).locator('[data-field="question"]').fill('Which backup is clean?');
  await row(page, 'open-questions', 1).locator('[data-field="question"]').blur();

  const second = await context.newPage();
  await openForm(second, 'worksheets/five-ws/');
  await expect(field(second, 'one-sentence')).toHaveValue('Three file servers are encrypted.');
  await expect(row(second, 'open-questions', 0).locator('[data-field="question"]')).toHaveValue(
    'Which backup is clean?',
  );
  await field(second, 'what-happened').fill('Encrypted from 02:50');
  await field(second, 'what-happened').blur();
  await expect(field(page, 'what-happened')).toHaveValue('Encrypted from 02:50');
  await field(second, 'case-number').fill('');
  await field(second, 'case-number').blur();
  await expect(field(second, 'case-number')).toHaveValue(name);
  await expect(field(page, 'case-number')).toHaveValue(name);
  await second.close();

  await page.reload();
  await expect(field(page, 'one-sentence')).toHaveValue('Three file servers are encrypted.');
  await expect(row(page, 'who-victims', 0).locator('[data-field="victim-certainty"][value="known"]')).toBeChecked();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('worksheet')))).toEqual([]);

  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).first().click(),
  ]);
  const filled = JSON.parse(readFileSync(await sheet.path(), 'utf8')) as { sections: Record<string, unknown> };
  expect(filled.sections).toMatchObject({
    case: { 'case-number': name },
    'who-victims': [{ 'victim-name': 'fs-plant-01', 'victim-certainty': 'known' }],
    'open-questions': [{ question: 'Which backup is clean?' }],
  });

  await page.goto('incident/');
  await expect(record(page).locator('tbody')).toContainText(['W1 Five Ws'].join(''));
  await record(page).locator('summary', { hasText: 'W1 Five Ws' }).first().click();
  await expect(record(page)).toContainText('The situation in one sentence: Three file servers are encrypted.');
  const file = await saved(page, 'Record (JSON)');
  expect((await saved(page, 'Timeline (CSV)')).text).toContain(
    'W1 Five Ws: What happened, What was done to us, in order',
  );
  const theirs = await elsewhere(browser, baseURL, file.path);
  await openForm(theirs, 'worksheets/five-ws/');
  await expect(field(theirs, 'one-sentence')).toHaveValue('Three file servers are encrypted.');
  await expect(row(theirs, 'who-victims', 0).locator('[data-field="victim-name"]')).toHaveValue('fs-plant-01');
  await theirs.context().close();
});

test('what is typed and never left survives a reload, and is in the record then', async ({ page }) => {
  await start(page);
  await openForm(page, 'worksheets/five-ws/');
  await field(page, 'what-happened').pressSequentially('Half a sent');
  // A page that crashes says nothing when it goes.
  await page.evaluate(() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true));
  await page.reload();
  await expect(field(page, 'what-happened')).toHaveValue('Half a sent');
  expect(await entries(page)).toContainEqual(
    expect.objectContaining({
      type: 'form-written',
      data: { form: 'worksheet:five-ws', field: 'what.0.what-happened', value: 'Half a sent' },
    }),
  );
});

test('two devices that each add a row are merged without losing one, and what they say differently is listed', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await start(page);
  const shared = await saved(page, 'Record (JSON)');
  const theirs = await elsewhere(browser, baseURL, shared.path);
  for (const [device, place, sentence] of [
    [page, 'Plant hall 2', 'From A'],
    [theirs, 'Office floor 1', 'From B'],
  ] as const) {
    await openForm(device, 'worksheets/five-ws/');
    await row(device, 'where', 0).locator('[data-field="where-place"]').fill(place);
    await field(device, 'one-sentence').fill(sentence);
    await field(device, 'one-sentence').blur();
  }
  await theirs.goto('incident/');
  const apart = await saved(theirs, 'Record (JSON)');

  await page.goto('incident/');
  await page.getByLabel('File of a record').setInputFiles(apart.path);
  await theirs.context().close();
  await expect(page.locator('.incident-conflicts')).toContainText('W1 Five Ws: Case, The situation in one sentence');
  await openForm(page, 'worksheets/five-ws/');
  await expect(row(page, 'where', 0).locator('[data-field="where-place"]')).toHaveValue('Plant hall 2');
  await expect(row(page, 'where', 1).locator('[data-field="where-place"]')).toHaveValue('Office floor 1');
  await expect(page.locator('.field-told').first()).toContainText('From A (A. Example');
  await expect(page.locator('.field-told').first()).toContainText('From B (B. Example');
  await field(page, 'one-sentence').fill('Agreed');
  await field(page, 'one-sentence').blur();
  await expect(page.locator('.field-told').first()).toHaveText('');
  await page.goto('incident/');
  await expect(page.locator('.incident-conflicts')).toHaveCount(0);
});

test('what was kept before the incident is offered, taken over when asked, and never before', async ({ page }) => {
  await page.goto('worksheets/five-ws/');
  await field(page, 'one-sentence').fill('Written before');
  await row(page, 'where', 0).locator('[data-field="where-place"]').fill('Plant hall 2');
  await field(page, 'one-sentence').focus();
  await start(page);
  await openForm(page, 'worksheets/five-ws/');
  await expect(field(page, 'one-sentence')).toHaveValue('');
  await expect(page.locator('.incident-offer')).toContainText('2 answers were kept');
  await page.getByRole('button', { name: 'Take over into the incident' }).click();
  await expect(field(page, 'one-sentence')).toHaveValue('Written before');
  await expect(row(page, 'where', 0).locator('[data-field="where-place"]')).toHaveValue('Plant hall 2');
  await page.reload();
  await expect(field(page, 'one-sentence')).toHaveValue('Written before');
  await expect(page.locator('.incident-offer')).toHaveCount(0);

  // Without the incident the worksheet is what it was: empty now, and kept in this browser again.
  await page.locator('.incident-actions summary').click();
  await page.getByRole('button', { name: 'Put aside on this device' }).click();
  await expect(page.locator('.incident-bar')).toHaveCount(0);
  await expect(field(page, 'one-sentence')).toHaveValue('');
  // A page without its scripts keeps nothing; nobody types and leaves before they are there.
  await page.waitForLoadState('load');
  await field(page, 'one-sentence').fill('On its own');
  await page.reload();
  await expect(field(page, 'one-sentence')).toHaveValue('On its own');
});

test('each item of evidence has a custody form of its own', async ({ page }) => {
  await start(page);
  await openForm(page, 'worksheets/chain-of-custody/');
  await field(page, 'item-number').fill('2026-001-1');
  await field(page, 'item-number').blur();
  await page.getByRole('button', { name: 'New sheet' }).click();
  await expect(field(page, 'item-number')).toHaveValue('');
  await expect(field(page, 'collector')).toHaveValue('A. Example');
  await field(page, 'item-number').fill('2026-001-2');
  await field(page, 'item-number').blur();
  await page.reload();
  await expect(field(page, 'item-number')).toHaveValue('2026-001-1');
  await page.getByLabel('Sheet', { exact: true }).selectOption({ index: 1 });
  await expect(field(page, 'item-number')).toHaveValue('2026-001-2');
});

test('the priority of the worksheet is recorded with one button, and says what is recorded', async ({ page }) => {
  await start(page);
  await openForm(page, 'worksheets/priority/');
  const place = page.locator('.worksheet-priority');
  await expect(place).toContainText('No priority is recorded yet');
  await expect(place.getByRole('button')).toHaveCount(0);
  await page.locator('[data-field="criticality"]').first().check();
  await page.locator('[data-field="impact"]').first().check();
  const worked = await page.locator('[data-computed="priority"] strong').innerText();
  await place.getByRole('button', { name: `Record as the priority of the incident: ${worked}` }).click();
  await expect(place).toContainText(`In the record: ${worked} (A. Example`);
  await expect(place.getByRole('button')).toHaveCount(0);
  await openForm(page, 'worksheets/situation-report/');
  await expect(field(page, 'priority-now')).toHaveValue(worked);
});

test('the printed sheet holds what was written and what the record filled in', async ({ page }) => {
  await start(page);
  await addTarget(page, 'Host', 'fs-plant-01');
  await openForm(page, 'worksheets/five-ws/');
  await field(page, 'one-sentence').fill('Three file servers are encrypted.');
  await field(page, 'one-sentence').blur();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('[data-sheet]');
  await expect(sheet).toContainText('Three file servers are encrypted.');
  await expect(sheet).toContainText(name);
  await expect(sheet.locator('[data-sheet-row="who-victims.0"]')).toContainText('fs-plant-01');
  await expect(page.locator('.incident-bar')).toBeHidden();
});

test('the clocks are the incident’s: kept, merged, and in the hand-over with each decision not to notify', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await start(page);
  await openForm(page, 'clocks/');
  await page.locator('#moment-awareness').fill('2026-11-24 03:35');
  for (const [fact, value] of [
    ['european-union', 'yes'],
    ['personal-data', 'yes'],
    ['controller', 'yes'],
    ['risk-to-people', 'yes'],
  ])
    await page.locator(`[data-fact="${fact}"] input[value="${value}"]`).check();
  const authority = page.locator('[data-entry="gdpr-authority#authority"]');
  await expect(authority.locator('[data-slot="utc"]')).toHaveText('2026-11-27 03:35 UTC');

  const second = await context.newPage();
  await openForm(second, 'clocks/');
  await expect(second.locator('[data-fact="personal-data"] input[value="yes"]')).toBeChecked();
  await expect(second.locator('#moment-awareness')).toHaveValue('2026-11-24 03:35');
  const other = second.locator('[data-entry="gdpr-people#people"]');
  const decided = (await other.count()) > 0 ? other : second.locator('[data-part-of="dated"] [data-entry]').last();
  const what = (await decided.locator('[data-slot="title"]').innerText()).trim();
  await decided.locator('summary').click();
  await decided.locator('[data-decision][value="do-not-notify"]').check();
  await decided.getByLabel('Reason').fill('The data were encrypted by us');
  await decided.getByLabel('Decided by, at').fill('Counsel, 05:10');
  await second.locator('h1').click();
  await second.close();

  await page.reload();
  await expect(authority.locator('[data-slot="utc"]')).toHaveText('2026-11-27 03:35 UTC');
  await page.goto('incident/');
  const handOver = page.locator('.hand-over');
  await expect(handOver).toContainText('The data were encrypted by us');
  await expect(handOver).toContainText(`${what}:`);
  await expect(handOver).toContainText('Do not notify decided by Counsel, 05:10 (A. Example)');
  await expect(handOver).toContainText(/The supervisory authority.*\. (Due|Overdue since) 2026-11-27 03:35 UTC/);
  const file = await saved(page, 'Record (JSON)');
  const theirs = await elsewhere(browser, baseURL, file.path);
  await openForm(theirs, 'clocks/');
  await expect(theirs.locator('[data-fact="personal-data"] input[value="yes"]')).toBeChecked();
  await openForm(theirs, 'worksheets/notification-decision/');
  await expect(theirs.locator('[data-section="duties"]')).toContainText('from the record');
  await theirs.context().close();
});

test('indicators are pasted, shown defanged, and saved whole for machines with what is left out', async ({ page }) => {
  await start(page);
  const section = page.locator('section[aria-labelledby="indicators"]');
  await page
    .locator('[data-indicators]')
    .fill(
      'hxxps://files[.]badhost[.]net/a?x=1\nbadhost.net\n8.8.4.4:4444\n10.0.0.5\nvpn.example.org\nevil.exe\nbadhost.net',
    );
  await section.getByLabel('Where they come from').fill('Mail gateway');
  await section.getByRole('button', { name: 'Add indicators' }).click();
  await expect(section).toContainText('6 added.');
  await expect(section).toContainText('hxxps://files[.]badhost[.]net/a?x=1');
  await expect(section).toContainText('Port 4444, Mail gateway');
  await expect(section).toContainText('Domain name');
  expect(await section.locator('table').innerText()).not.toContain('https://files.badhost.net');

  await section.getByRole('button', { name: 'Remove: 8[.]8[.]4[.]4' }).click();
  await expect(section.locator('del')).toHaveText('8[.]8[.]4[.]4');
  await expect(section).toContainText('removed by A. Example');

  const stix = await saved(page, 'STIX 2.1 (JSON)');
  expect(stix.text).toContain("[url:value = 'https://files.badhost.net/a?x=1']");
  expect(stix.text).toContain('"revoked": true');
  expect(stix.text).toContain('"tlp_2_0": "amber"');
  await section.getByLabel('How far the STIX file may go').selectOption('TLP:RED');
  expect((await saved(page, 'STIX 2.1 (JSON)')).text).toContain('"tlp_2_0": "red"');
  expect((await saved(page, 'Indicators (CSV)')).text).toContain('url,https://files.badhost.net/a?x=1,Mail gateway');
  const domains = await saved(page, /^Blocklist Domain names \(1\)/);
  expect(domains.text).toBe('badhost.net\n');
  await expect(section).toContainText('1 a domain of the organisation');
  await expect(section).toContainText('1 private or local');
  await expect(section).toContainText('1 removed from the list');
  expect((await saved(page, 'Timeline (Markdown)')).text.replaceAll('\\', '')).toContain('badhost[.]net');

  await openForm(page, 'worksheets/indicator-list/');
  await expect(row(page, 'indicators', 0).locator('[data-field="indicator-value"]')).toHaveValue(/\[\.\]/);
});

for (const [where, colorScheme, width] of [
  ['a desk', 'light', 1280],
  ['a phone in the dark', 'dark', 390],
] as const)
  test(`filled forms stand in the way of nobody, on ${where}`, async ({ browser, baseURL }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 844 },
      ...(baseURL ? { baseURL } : {}),
    });
    const page = await context.newPage();
    const inspect = async () => {
      expect(await faultsOf(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBeLessThanOrEqual(0);
    };
    await page.goto('worksheets/priority/');
    await page.locator('[data-field="facts-used"]').fill('Kept before');
    await page.locator('[data-field="facts-used"]').blur();
    await start(page);
    await addTarget(page, 'Host', 'fs-plant-01');
    await page
      .locator('[data-indicators]')
      .fill('hxxps://files[.]badhost[.]net/a-very-long-path/that/does/not/break\nevil.exe');
    await page.getByRole('button', { name: 'Add indicators' }).click();
    await expect(page.locator('section[aria-labelledby="indicators"] table')).toBeVisible();
    await openForm(page, 'worksheets/priority/');
    await page.locator('[data-field="criticality"]').first().check();
    await expect(page.locator('.incident-offer')).toBeVisible();
    await inspect();
    await openForm(page, 'worksheets/five-ws/');
    await page.getByRole('button', { name: 'New sheet' }).click();
    await field(page, 'one-sentence').fill('Three file servers are encrypted.');
    await field(page, 'one-sentence').blur();
    await inspect();
    await openForm(page, 'clocks/');
    await page.locator('[data-fact="personal-data"] input[value="yes"]').check();
    await inspect();
    await page.goto('incident/');
    await expect(page.locator('section[aria-labelledby="indicators"] table')).toBeVisible();
    await inspect();
    await context.close();
  });

test('a form joins the open incident also where its scripts did not come at once', async ({ page }) => {
  await start(page);
  const failed = new Set<string>();
  await page.route(/\/_firebreak\/(open|on-page)\.[\w-]+\.js$/, async (route) => {
    const address = route.request().url();
    if (failed.has(address)) return route.continue();
    failed.add(address);
    await route.abort();
  });
  await openForm(page, 'worksheets/five-ws/');
  expect(failed.size).toBe(2);
});

test('a record that cannot be read for a moment is still the open incident afterwards', async ({ page }) => {
  await start(page);
  await page.addInitScript(() => {
    if (location.hash !== '#unreadable') return;
    addEventListener('firebreak:no-incident', () => Object.assign(window, { givenUp: true }));
    IDBFactory.prototype.open = () => {
      throw new DOMException('busy', 'UnknownError');
    };
  });
  await page.goto('worksheets/five-ws/#unreadable');
  await page.waitForFunction(() => 'givenUp' in window);
  await page.goto('roles/');
  await openForm(page, 'worksheets/five-ws/');
});
