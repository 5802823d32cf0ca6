/** One ransomware incident from the first sign to the saved record, and a browser that dies in the middle of a word. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import type { IncidentRecord } from '../../src/model/schema-types.ts';

const name = '2026-007 Files encrypted';

async function start(page: Page): Promise<void> {
  await page.locator('[data-start-incident]').first().click();
  const form = page.locator('.incident-form').last();
  await form.locator('[data-start="name"]').fill(name);
  await form.locator('[data-start="person"]').fill('A. Example');
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.locator('.incident-bar')).toContainText(name);
}

const step = (page: Page, id: string) => page.locator(`article.step#${id}`);

test.describe('with the network off half way', () => {
  test.use({ serviceWorkers: 'allow' });

  test('from the first sign to the saved record, in one tab and in two', async ({ page, context }) => {
    test.setTimeout(240_000);
    await page.goto('./');
    await page.locator('.site-header [data-open-search]').click();
    await page.locator('dialog input[name="q"]').fill('strange file names and a note that asks for money');
    await expect(page.locator('dialog [role="option"]').first()).toContainText('Ransomware');
    await page.keyboard.press('Enter');
    await expect(page.locator('h1')).toHaveText('Ransomware');
    await start(page);
    await step(page, 'check-for-danger').locator('input[data-tick]').check();
    await expect(page.locator('[data-offline]')).toContainText('The whole plan is on this device', {
      timeout: 150_000,
    });

    await context.setOffline(true);
    await step(page, 'isolate-hosts').locator('input[data-tick]').check();
    await page.reload();
    await expect(step(page, 'isolate-hosts').locator('.step-said')).toContainText('A. Example');

    // A second tab, opened without a network, follows the first and is followed by it.
    const second = await context.newPage();
    await second.goto(page.url());
    const third = step(second, 'call-security');
    await third.getByRole('button', { name: /^Note, skip/ }).click();
    await third.locator('.step-deeds textarea').fill('Line busy');
    await third.getByRole('button', { name: 'Save as a note' }).click();
    await third.locator('input[data-tick]').check();
    await expect(step(page, 'call-security').locator('input[data-tick]')).toBeChecked();

    const decision = second.locator('.step-decision').first();
    await decision.locator('input[type="radio"]').first().check();
    await decision.locator('.step-decide textarea').fill('It spreads');
    await decision.getByRole('button', { name: 'Record the decision' }).click();

    // Another runbook of the same incident, a worksheet, and the search.
    await second.goto('runbooks/compromised-account/');
    await second.locator('input[data-tick]').first().check();
    await second.goto('search/?q=who+decides+about+ransom');
    await expect(second.locator('main').getByRole('link').first()).toBeVisible();

    await page.goto('incident/');
    const record = page.locator('[data-incident-page]');
    await expect(record.locator('tbody tr', { hasText: 'Line busy' })).toBeVisible();
    await expect(record.locator('.hand-over')).toContainText('It spreads');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Record (JSON)' }).click(),
    ]);
    const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as IncidentRecord;
    const refs = file.entries.flatMap((entry) => ('ref' in entry && entry.ref ? [entry.ref] : []));
    expect(refs).toEqual(
      expect.arrayContaining(['runbook:ransomware#isolate-hosts', 'runbook:ransomware#call-security']),
    );
    expect(refs.some((ref) => ref.startsWith('runbook:compromised-account#'))).toBe(true);
    await context.setOffline(false);
  });
});

test('a browser that is killed loses nothing that was typed more than a second before', async ({ baseURL }) => {
  test.skip(process.platform !== 'linux', 'the processes of the browser are found in /proc');
  test.setTimeout(120_000);
  const profile = mkdtempSync(join(tmpdir(), 'firebreak-crash-'));
  const { launchOptions, ...use } = test.info().project.use;
  const open = () =>
    chromium.launchPersistentContext(profile, { ...use, ...launchOptions, ...(baseURL ? { baseURL } : {}) } as never);
  let context: BrowserContext | undefined;
  try {
    context = await open();
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto('runbooks/ransomware/');
    await start(page);
    await step(page, 'isolate-hosts').locator('input[data-tick]').check();
    const third = step(page, 'call-security');
    await third.getByRole('button', { name: /^Note, skip/ }).click();
    await third.locator('.step-deeds textarea').pressSequentially('The bridge is open, they ask which hos');
    const decision = page.locator('.step-decision').first();
    await decision.locator('.step-decide textarea').pressSequentially('Because the file serv');
    await page.waitForTimeout(1000);
    expect(killAll(profile)).toBeGreaterThan(1);
    await context.close().catch(() => {});

    context = await open();
    const again = context.pages()[0] ?? (await context.newPage());
    await again.goto('runbooks/ransomware/');
    await expect(again.locator('.incident-bar')).toContainText(name);
    await expect(step(again, 'isolate-hosts').locator('.step-said')).toContainText('A. Example');
    await expect(step(again, 'call-security').locator('.step-deeds textarea')).toHaveValue(
      'The bridge is open, they ask which hos',
    );
    await expect(again.locator('.step-decision').first().locator('.step-decide textarea')).toHaveValue(
      'Because the file serv',
    );
  } finally {
    await context?.close().catch(() => {});
    killAll(profile);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Kills every process of the browser with this profile, with no chance to save. @returns how many there were */
function killAll(profile: string): number {
  const own = readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return false;
    try {
      return readFileSync(`/proc/${entry}/cmdline`, 'latin1').includes(profile);
    } catch {
      return false;
    }
  });
  for (const id of own) {
    try {
      process.kill(Number(id), 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  return own.length;
}
