/** The one-file copy of the starter plan, opened from a folder with the network off. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';

const repository = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';
let file = '';

test.use({ offline: true });
test.describe.configure({ mode: 'serial' });

test.beforeAll(() => {
  test.setTimeout(420_000);
  mkdirSync(join(repository, '.firebreak'), { recursive: true });
  folder = mkdtempSync(join(repository, '.firebreak', 'pack-'));
  file = join(folder, 'plan.html');
  execFileSync(
    process.execPath,
    [join(repository, 'src/cli/main.ts'), 'pack', '--site', '.firebreak/test-site', '--out', file],
    { cwd: repository },
  );
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) faults.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  await expect(page.locator('h1')).toHaveText('Something is wrong. What now?');
  return faults;
}

test('is one file within its budget, with a checksum beside it', () => {
  expect(readdirSync(folder).sort()).toEqual(['plan.html', 'plan.html.sha256']);
  const bytes = readFileSync(file);
  // 3 MiB, and 100 kB for the typefaces.
  expect(statSync(file).size).toBeLessThan(3 * 1024 * 1024 + 100_000);
  const [digest, name] = readFileSync(`${file}.sha256`, 'utf8')
    .trim()
    .split(/\s+\*?/);
  expect(name).toBe('plan.html');
  expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(bytes.toString('utf8')).toContain("default-src 'none'");
});

test('finds a runbook, opens it, ticks a step, and goes back', async ({ page }) => {
  test.setTimeout(60_000);
  const faults = await open(page);
  await page.keyboard.press('Control+k');
  await page.locator('dialog input[name="q"]').fill('files encrypted');
  const hits = page.locator('dialog [role="option"]');
  await expect(hits.first()).toContainText('Ransomware', { timeout: 60_000 });
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText('Ransomware');
  const box = page.locator('#first-minutes input[type="checkbox"]').first();
  await box.check();
  await expect(box).toBeChecked();
  await page.goBack();
  await expect(page.locator('h1')).toHaveText('Something is wrong. What now?');
  await page.goForward();
  await expect(page.locator('h1')).toHaveText('Ransomware');
  await expect(page.locator('#first-minutes input[type="checkbox"]').first()).toBeChecked();
  expect(faults).toEqual([]);
});

test('says so when it is damaged: at once, or once what is damaged is opened', async ({ page }) => {
  const inner = mkdtempSync(join(folder, 'damaged-'));
  for (const part of ['pack-home', 'pack-plan']) {
    const copy = join(inner, `${part}.html`);
    // The beginning of the data, where it says what it is.
    writeFileSync(copy, readFileSync(file, 'utf8').replace(new RegExp(`(id="${part}">)[^<]{8}`), '$1AAAAAAAA'));
    await page.goto(pathToFileURL(copy).href);
    await expect(page.locator('body')).toHaveText(/This file is damaged and cannot be opened/);
  }
  rmSync(inner, { recursive: true });
});

test('an incident is recorded and read step by step in it, and is there after a reload', async ({ page }) => {
  test.setTimeout(60_000);
  const faults = await open(page);
  await page.goto(`${pathToFileURL(file).href}#/runbooks/ransomware/`);
  await expect(page.locator('h1')).toHaveText('Ransomware');
  await page.locator('[data-start-incident]').first().click();
  const form = page.locator('.incident-form').last();
  await form.locator('[data-start="name"]').fill('Plant');
  await form.locator('[data-start="person"]').fill('A. Example');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  // Drawn with its style sheet, which no page links.
  await expect(page.locator('.incident-bar')).toHaveCSS('position', 'sticky');
  await page.getByRole('button', { name: 'One step at a time' }).click();
  await expect(page.locator('.reader')).toHaveCSS('display', 'flex');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.locator('.step-said').first()).toContainText('A. Example', { timeout: 60_000 });
  await page.locator('.incident-name').click();
  await expect(page.locator('[data-incident-page] tbody tr', { hasText: 'Done' }).first()).toBeVisible();
  expect(faults).toEqual([]);
});
