/** The page of upkeep: the days are in it, the browser says which are over, and it narrows without a script. */

import { gzipSync } from 'node:zlib';
import { expect, type Response, test } from '@playwright/test';

test('what is over today is marked and counted, and not what is to come', async ({ page }) => {
  await page.clock.setFixedTime(new Date('2026-12-10T12:00:00Z'));
  await page.goto('upkeep/');
  const of = (title: string) => page.locator('.upkeep-owner tr').filter({ hasText: title });
  await expect(of('War room bridge').filter({ hasText: 'Trial' })).toContainText('overdue');
  await expect(of('Emergency accounts').filter({ hasText: 'Trial' })).toBeVisible();
  await expect(of('Emergency accounts').filter({ hasText: 'Trial' })).not.toContainText('overdue');
  const glance = page.getByRole('table', { name: 'At a glance' });
  await expect(glance.getByRole('row', { name: /^Incident commander/ })).toContainText('1 overdue today');
  await expect(glance.getByRole('row', { name: /^Everything/ })).toContainText(/\d+ overdue today/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('it reads, says that nothing is marked, and narrows to one kind', async ({ page }) => {
    await page.goto('upkeep/');
    // Playwright finds no text in noscript.
    await expect(page.locator('main noscript > p')).toContainText('nothing here is marked as overdue');
    const reviews = page.locator('.upkeep-owner tr[data-kind=review]');
    const exercises = page.locator('.upkeep-owner tr[data-kind=exercise]');
    await expect(reviews.first()).toBeVisible();
    await page.getByLabel('Exercise', { exact: true }).check();
    await expect(reviews.first()).toBeHidden();
    await expect(exercises.first()).toBeVisible();
    // A role without any has no empty table.
    await expect(page.getByRole('heading', { name: 'Scribe' })).toBeHidden();
    await page.getByLabel('Everything', { exact: true }).check();
    await expect(reviews.first()).toBeVisible();
  });
});

test('each role has its own calendar', async ({ page, request }) => {
  await page.goto('upkeep/');
  const href = await page.getByRole('link', { name: 'Calendar file of Legal counsel' }).getAttribute('href');
  const text = (await (await request.get(href ?? '')).text()).replaceAll('\r\n ', '');
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text).toContain('UID:upkeep.check.notification:nis2-significant-incident@example.org\r\n');
  expect(text).not.toContain('Owner: Liaison');
});

test('its scripts stay small', async ({ page }) => {
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.goto('upkeep/', { waitUntil: 'networkidle' });
  await expect.poll(() => scripts.length).toBeGreaterThan(2);
  let size = 0;
  for (const response of scripts) size += gzipSync(await response.body()).length;
  expect(size).toBeLessThanOrEqual(20 * 1024);
});
