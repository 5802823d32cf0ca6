/** The search in a browser: keys, the dialog, the page, and both finding the same. */
import { expect, type Page, test } from '@playwright/test';

const field = (page: Page) => page.locator('dialog input[name="q"]');
const options = (page: Page) => page.locator('dialog [role="option"]');
const pagesIn = async (page: Page) => {
  // Everything was searched, not only what is shown at a glance.
  await expect(page.locator('[data-search-found]:visible').first()).not.toHaveAttribute('aria-busy', 'true');
  return (
    await page.locator('.hit-page').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
  ).slice(0, 8);
};

test('opens with /, repairs a typing error, and Enter opens the right runbook', async ({ page }) => {
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (fault) => faults.push(fault.message));
  await page.goto('runbooks/phishing/');
  await page.keyboard.press('/');
  await page.keyboard.type('ransomwear');
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('dialog [role="status"]')).toContainText('“ransomware” instead of “ransomwear”');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/plan\/runbooks\/ransomware\/$/);
  expect(faults).toEqual([]);
});

test('nothing of the index is loaded before the search opens', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto('runbooks/phishing/', { waitUntil: 'networkidle' });
  expect(loaded.filter((url) => url.includes('/pagefind/') || url.includes('search-panel'))).toEqual([]);
});

test('after a first letter too, hits from memory are drawn before the index is asked', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('library/');
  await page.keyboard.press('Control+k');
  // Found in memory at once, which says nothing of what the next letter takes.
  await field(page).fill('f');
  await expect(options(page)).toHaveCount(2);
  await expect(page.locator('dialog [role="status"]')).toContainText(/\d/);
  expect(asked.filter((url) => url.includes('.pf_index'))).toEqual([]);
  await page.evaluate(() => {
    const found = document.querySelector('dialog [data-search-found]') as HTMLElement;
    new MutationObserver((_, observer) => {
      observer.disconnect();
      const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.includes('.pf_index'));
      found.dataset['first'] = `${found.querySelectorAll('[role="option"]').length} of ${fetched.length} files`;
    }).observe(found, { childList: true });
  });
  await page.keyboard.type('i');
  await expect(page.locator('dialog [data-search-found]')).toHaveAttribute('data-first', '2 of 0 files');
  await expect(page.locator('dialog [data-search-found]')).not.toHaveAttribute('aria-busy', 'true');
  expect(await options(page).count()).toBeGreaterThan(2);
});

test('Ctrl-K, arrow keys and Escape', async ({ page }) => {
  await page.goto('library/');
  await page.keyboard.press('Control+k');
  await field(page).fill('isolate');
  await expect(options(page).first()).toBeVisible();
  await expect(page.locator('dialog [data-search-found]')).not.toHaveAttribute('aria-busy', 'true');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', 'search-hit-1');
  await expect(options(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toBeHidden();
});

test('/ can be typed into fields and switched off', async ({ page }) => {
  await page.goto('library/');
  await page.keyboard.press('/');
  await field(page).press('/');
  await expect(field(page)).toHaveValue('/');
  await page.locator('[data-search-slash]').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.locator('dialog')).toBeHidden();
  await page.reload();
  await page.keyboard.press('/');
  await expect(page.locator('dialog')).toBeHidden();
});

test('a step on the page that is open closes the dialog and goes there', async ({ page }) => {
  await page.goto('runbooks/ransomware/');
  await page.locator('[data-open-search]:visible').first().click();
  await field(page).fill('RW 2');
  await page.locator('[role="option"][href*="/runbooks/ransomware/#"]').first().click();
  await expect(page.locator('dialog')).toBeHidden();
  await expect(page).toHaveURL(/#/);
});

test('the page can be linked, goes by keyboard, and remembers text and filters in its address', async ({ page }) => {
  await page.goto('search/?q=my+laptop+got+pwned&kind=runbook');
  const hits = page.locator('.search-hits a');
  await expect(hits.first()).toHaveAttribute('href', /\/plan\/runbooks\/ransomware\/$/);
  await expect(page.getByLabel('Kind')).toHaveValue('runbook');
  await expect(page).toHaveTitle(/^my laptop got pwned/);
  await page.locator('main input[name="q"]').focus();
  await page.keyboard.press('ArrowDown');
  await expect(hits.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('main input[name="q"]')).toBeFocused();
  await page.locator('main input[name="q"]').fill('vssadmin');
  await expect(page).toHaveURL(/\?q=vssadmin&kind=runbook$/);
});

for (const typed of ['clicked a link', 'T1486', 'zxqwv ransomwear', 'Disable-NetAdapter'])
  test(`dialog and page find the same: ${typed}`, async ({ page }) => {
    await page.goto('');
    await page.keyboard.press('Control+k');
    await field(page).fill(typed);
    await expect(options(page).first()).toBeVisible();
    const inDialog = await pagesIn(page);
    await page.goto(`search/?q=${encodeURIComponent(typed)}`);
    await expect(page.locator('.hit-page').first()).toBeVisible();
    expect(await pagesIn(page)).toEqual(inDialog);
  });

test('while the index cannot be had, the runbooks that are meant stand there, and what failed is tried again', async ({
  page,
}) => {
  await page.route('**/pagefind/*.pf_meta*', (route) => route.abort());
  await page.goto('');
  await page.keyboard.press('Control+k');
  await field(page).fill('files encrypted');
  await expect(options(page).first()).toContainText('Ransomware');
  await expect(page.locator('dialog [role="status"]')).toContainText('could not be loaded');
  await page.unroute('**/pagefind/*.pf_meta*');
  await field(page).fill('files encrypted now');
  await expect(page.locator('dialog [role="status"]')).toContainText(/\d+ /);
  await expect(page.locator('dialog [data-search-found]')).not.toHaveAttribute('aria-busy', 'true');
  await expect(options(page).first()).toContainText('Ransomware');
});

test('nothing found still says where to start', async ({ page }) => {
  await page.goto('search/?q=zxqwv');
  await expect(page.getByText('Occurs nowhere, so left out: zxqwv.')).toBeVisible();
  await expect(page.locator('.search-further a').first()).toHaveAttribute('href', /\/plan\/runbooks\//);
  await expect(page.locator('.search-further a').last()).toHaveAttribute('href', '/plan/choose/');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says how to find things', async ({ page }) => {
    await page.goto('search/');
    await expect(page.locator('main noscript a').last()).toHaveAttribute('href', /\/plan\/library\/$/);
  });
});
