/**
 * The responder's hour in Firefox and WebKit: the story of an incident with the server gone half way, and the copy that
 * is one file. What is drawn and how it reads is tested in Chromium; here it is what engines do differently: storage,
 * service workers, compression, WebAssembly and files.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schemas/incident-record.schema.json' with { type: 'json' };
import type { IncidentRecord } from '../../src/model/schema-types.ts';
import { findFirefox, findWebKit } from './other-browsers/find.ts';
import { type OtherBrowser, type OtherPage, openFirefox, openWebKit } from './other-browsers/open.ts';
import { type PlanServer, servePlan } from './plan-server.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const firefox = findFirefox();
const webkit = findWebKit();
const browsers = [
  { name: 'Firefox', open: firefox && (() => openFirefox(firefox)) },
  { name: 'WebKit', open: webkit && (() => openWebKit(webkit)) },
];
const patience = 120_000;

// One browser at a time: each takes as much of the machine as a page of Playwright's.
test.describe.configure({ mode: 'default', timeout: 480_000 });

let plan: PlanServer;
let folder = '';
let copy = '';

test.beforeAll(async () => {
  test.setTimeout(480_000);
  if (!firefox && !webkit) return;
  plan = await servePlan();
  mkdirSync(join(repository, '.firebreak'), { recursive: true });
  folder = mkdtempSync(join(repository, '.firebreak', 'pack-'));
  copy = join(folder, 'plan.html');
  execFileSync(
    process.execPath,
    [join(repository, 'src/cli/main.ts'), 'pack', '--site', '.firebreak/test-site', '--out', copy],
    { cwd: repository },
  );
});

test.afterAll(() => {
  plan?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

for (const { name, open } of browsers) {
  test.describe(name, () => {
    test.skip(!open, `${name} is not installed`);
    let browser: OtherBrowser;

    test.beforeEach(async () => {
      plan.serving = { version: 'one', left: 0 };
      browser = await (open as () => Promise<OtherBrowser>)();
    });

    test.afterEach(() => browser?.close());

    test('an incident is recorded with the server gone half way, in two tabs, and saved', async () => {
      const { page } = browser;
      await page.goto(plan.address);
      await shows(page, '[data-offline]', 'The whole plan is on this device');

      await page.goto(`${plan.address}runbooks/ransomware/`);
      await shows(page, 'h1', 'Ransomware');
      await page.click('[data-start-incident]');
      await shows(page, '.incident-form', 'Start');
      await write(page, '.incident-form [data-start="name"]', 'Plant');
      await write(page, '.incident-form [data-start="person"]', 'A. Example');
      await page.press('Enter');
      await shows(page, '.incident-bar', 'Plant');

      // From here on the network is gone.
      plan.serving = { version: 'one', fault: 'gone', left: 0 };
      const [first, second, third] = await stepsOf(page);
      await page.click(`[data-tick="${first}"]`);
      await shows(page, `#${first}`, 'A. Example');
      await page.reload();
      await shows(page, `#${first}`, 'A. Example');

      const other = await browser.another();
      await other.goto(`${plan.address}runbooks/ransomware/`);
      await shows(other, `#${first}`, 'A. Example');
      await other.click(`[data-tick="${second}"]`);
      await shows(page, `#${second}`, 'A. Example');

      await page.goto(`${plan.address}search/?q=ransom`);
      await shows(page, 'main', 'Ransomware');

      // Read one at a time, the third step is ticked by a key.
      await page.goto(`${plan.address}runbooks/ransomware/`);
      await shows(page, `#${second}`, 'A. Example');
      await page.click('[data-open-reader]');
      await shows(page, '.reader-number', '3');
      await page.press('Enter');
      await page.press('Escape');
      await shows(page, `#${third}`, 'A. Example');

      // What is written on a form is an answer of the record, as soon as the field is left.
      await page.goto(`${plan.address}worksheets/five-ws/`);
      await shows(page, '[data-kept]', 'belongs to the open incident');
      await write(page, '[data-field="noticed-at"]', '2026-11-24 03:05');
      await page.click('h1');
      await page.goto(`${plan.address}clocks/`);
      await shows(page, '[data-kept]', 'belongs to the open incident');
      await write(page, '#moment-awareness', '2026-11-24 03:35');
      await page.click('h1');
      await shows(page, '[data-entry="authority#first"]', '2026-11-27');

      await page.goto(`${plan.address}incident/`);
      await shows(page, '[data-incident-page]', '2026-11-24 03:05');
      const record = await savedBy(page, 'Record (JSON)');
      const ajv = new Ajv2020({ strict: true });
      ajv.addKeyword({ keyword: 'x-unstable', schemaType: 'boolean' });
      expect(ajv.validate(schema, record), ajv.errorsText()).toBe(true);
      expect(record.entries.map(({ type }) => type)).toEqual([
        'incident-started',
        'step-ticked',
        'step-ticked',
        'step-ticked',
        'form-written',
        'form-written',
      ]);

      // A colleague's device had the first three entries, and noted something.
      const note = {
        id: `${'0'.repeat(8)}-${'b'.repeat(16)}`,
        at: '2026-11-24T04:00:00.000Z',
        by: 'B. Example',
        type: 'note',
        data: { text: 'The guard saw nobody.' },
      };
      await choose(page, { ...record, entries: [...record.entries.slice(0, 3), note] });
      await shows(page, '[data-incident-page]', '1 entry added.');
      await shows(page, '[data-incident-page]', 'The guard saw nobody.');
      expect((await savedBy(page, 'Record (JSON)')).entries).toHaveLength(7);
    });

    test('the copy that is one file opens, finds and ticks', async () => {
      const { page } = browser;
      await page.goto(pathToFileURL(copy).href);
      await shows(page, 'h1', 'Something is wrong. What now?');
      await page.click('[data-open-search]');
      await write(page, 'dialog input[name="q"]', 'files encrypted');
      await shows(page, 'dialog [role="option"]', 'Ransomware');
      await page.press('Enter');
      await shows(page, 'h1', 'Ransomware');
      const [first] = await stepsOf(page);
      await page.click(`[data-tick="${first}"]`);
      expect(await page.evaluate(() => document.querySelectorAll('[data-tick]:checked').length)).toBe(1);
    });
  });
}

/** Waits until what a selector finds says something. */
async function shows(page: OtherPage, selector: string, words: string): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate((wanted: string) => document.querySelector(wanted)?.textContent ?? '', selector).catch(() => ''),
      { timeout: patience },
    )
    .toContain(words);
}

/** Types into a field with real keys. */
async function write(page: OtherPage, selector: string, words: string): Promise<void> {
  await page.click(selector);
  await page.type(words);
  await expect
    .poll(() => page.evaluate((field: string) => document.querySelector<HTMLInputElement>(field)?.value, selector))
    .toBe(words);
}

/** Ids of the steps of the page. */
function stepsOf(page: OtherPage): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('input[data-tick]')].map((box) => box.dataset['tick'] ?? ''),
  );
}

/** Hands a record to the field for files, as the browser does once a person has chosen one. */
function choose(page: OtherPage, record: unknown): Promise<void> {
  return page.evaluate((text: string) => {
    const input = document.querySelector('[data-incident-page] input[type="file"]') as HTMLInputElement;
    const chosen = new DataTransfer();
    chosen.items.add(new File([text], 'record.json', { type: 'application/json' }));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, JSON.stringify(record));
}

/** What a button saves as a file, taken where the page hands it to the browser. */
async function savedBy(page: OtherPage, label: string): Promise<IncidentRecord> {
  const text = await page.evaluate(
    (wanted: string) =>
      new Promise<string>((resolve, reject) => {
        const create = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
          (blob as Blob).text().then(resolve, reject);
          return create.call(URL, blob);
        };
        const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === wanted);
        if (button) button.click();
        else reject(new Error(`There is no button "${wanted}".`));
      }),
    label,
  );
  return JSON.parse(text) as IncidentRecord;
}
