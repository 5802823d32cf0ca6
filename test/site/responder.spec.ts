/** What a responder, a maintainer on paper and somebody without scripts do with the site. */

import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const phone = { width: 390, height: 844 };
const runbooks = readdirSync('content/runbooks').map((name) => name.replace('.mdx', ''));
const worksheets = readdirSync('content/worksheets').map((name) => name.replace('.yaml', ''));

test.describe('home', () => {
  test('asks first who could be hurt, puts the cursor into the search, and says who to call', async ({ page }) => {
    await page.goto('');
    await expect(page.locator('.questions dt').first()).toContainText(/hurt/i);
    await expect(page.locator('main input[name="q"]')).toBeFocused();
    expect(await page.locator('.callers-home a[href^="tel:"]').count()).toBeGreaterThan(0);
    expect(await page.locator('.first-steps li').count()).toBeLessThanOrEqual(5);
  });

  test('a signal leads to its runbook in two choices, and "none of these" to the incident without a name', async ({
    page,
  }) => {
    await page.goto('');
    const place = page.locator('.see-group', { hasText: /on a screen/i });
    await place.locator('summary').click();
    await place
      .locator('li', { hasText: /note on the screen/i })
      .getByRole('link')
      .first()
      .click();
    await expect(page).toHaveURL(/\/plan\/runbooks\/ransomware\/$/);
    await page.goBack();
    await page.locator('.none-of-these a').click();
    await expect(page).toHaveURL(/\/plan\/runbooks\/unclassified-incident\/$/);
  });

  test('the search field works as a plain form', async ({ page }) => {
    await page.goto('');
    await page.locator('main input[name="q"]').fill('files have a strange ending');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/plan\/search\/\?q=files/);
    await expect(page.locator('.search-hits a').first()).toHaveAttribute('href', /\/runbooks\/ransomware\//);
  });
});

test.describe('runbook', () => {
  test('what not to do and the first step stand on the first screen of a phone', async ({ browser, baseURL }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({ viewport: phone, ...(baseURL ? { baseURL } : {}) });
    const page = await context.newPage();
    for (const runbook of runbooks) {
      await page.goto(`runbooks/${runbook}/`, { waitUntil: 'domcontentloaded' });
      const rail = await page.locator('.phase-rail, nav.rail').first().boundingBox();
      for (const part of ['.do-not', '#first-minutes .step-instruction']) {
        const box = await page.locator(part).first().boundingBox();
        expect((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0), `${runbook}: ${part}`).toBeLessThan(
          rail?.y ?? 0,
        );
      }
      expect((rail?.y ?? 0) + (rail?.height ?? 0), `${runbook}: the rail is at the bottom`).toBeGreaterThan(
        phone.height - 4,
      );
    }
    await context.close();
  });

  test('every runbook has the same anatomy in the same order', async ({ page }) => {
    test.setTimeout(180_000);
    const order = [
      'first-minutes',
      'identification',
      'containment',
      'eradication',
      'recovery',
      'lessons-learned',
      'preparation',
    ];
    for (const runbook of runbooks) {
      await page.goto(`runbooks/${runbook}/`, { waitUntil: 'domcontentloaded' });
      const ids = await page.locator('section.chapter').evaluateAll((parts) => parts.map((part) => part.id));
      expect(ids).toEqual(order);
      const numbers = await page.locator('section.chapter:not(#preparation) .step-number').allTextContents();
      const counted = numbers.map((text) => Number(/(\d+)\s*$/.exec(text)?.[1]));
      expect(counted).toEqual(counted.map((_, index) => index + 1));
    }
  });

  test('ticks are kept through a reload, and cleared only when asked', async ({ page }) => {
    await page.goto('runbooks/phishing/');
    const first = page.locator('input[data-tick]').first();
    await first.check();
    await page.reload();
    await expect(first).toBeChecked();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.locator('[data-clear-ticks]').click();
    await expect(first).not.toBeChecked();
    await page.reload();
    await expect(first).not.toBeChecked();
  });

  test('a decision jumps to its step, and the step leads back', async ({ page }) => {
    await page.goto('runbooks/phishing/');
    const target = page.locator('.step:has(> .step-origin)').first();
    const id = await target.getAttribute('id');
    const back = target.locator('> .step-origin a').first();
    const decision = page.locator((await back.getAttribute('href')) ?? '');
    await expect(decision).toHaveClass(/step-decision/);
    await decision.locator(`.option-to a[href="#${id}"]`).click();
    await expect(page).toHaveURL(new RegExp(`#${id}$`));
    await back.click();
    await expect(decision).toBeInViewport();
  });

  test('variants are tabs that work by keyboard', async ({ page }) => {
    await page.goto('actions/isolate-host/');
    const group = page.locator('.variants-tabbed').first();
    const panels = group.locator('> .variant');
    await expect(panels.nth(0)).toBeVisible();
    await expect(panels.nth(1)).toBeHidden();
    await group.locator('input[type="radio"]').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(panels.nth(0)).toBeHidden();
    await expect(panels.nth(1)).toBeVisible();
  });
});

test.describe('worksheet', () => {
  test('computes the priority as the matrix says, and counts unknown as the worst', async ({ page }) => {
    await page.goto('worksheets/priority/');
    const priority = page.locator('output[data-computed]').first();
    const choose = (field: string, value: string) =>
      page.locator(`input[data-field="${field}"][value="${value}"]`).first().check();
    const level = async () => /P\d/.exec((await priority.textContent()) ?? '')?.[0];
    await choose('criticality', 'planned');
    await expect(priority).toContainText(/not known yet, which counts as the worst/);
    const unknown = await level();
    await choose('impact', 'severe');
    await expect(priority).not.toContainText(/not known/);
    expect(await level()).toBe(unknown);
    await choose('impact', 'minor');
    expect(await level()).not.toBe(unknown);
  });

  test('keeps what is typed through a reload', async ({ page }) => {
    await page.goto('worksheets/five-ws/');
    const field = page.locator('form[data-worksheet] textarea').first();
    await field.fill('Three file servers in the plant');
    await page.reload();
    await expect(field).toHaveValue('Three file servers in the plant');
  });

  for (const format of ['A4', 'Letter'] as const)
    test(`prints blank on one or two pages of ${format}`, async ({ page }) => {
      test.setTimeout(120_000);
      for (const worksheet of worksheets) {
        await page.goto(`worksheets/${worksheet}/`);
        const pdf = await page.pdf({ format, printBackground: true });
        expect(pagesOf(pdf), worksheet).toBeLessThanOrEqual(2);
      }
    });
});

/** The number of pages of a PDF by Chromium, from its page tree. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test('a runbook prints with its steps, boxes for time and initials, and no navigation', async ({ page }) => {
  await page.goto('runbooks/phishing/');
  const suggest = page.locator('.step-suggest').first();
  await expect(suggest).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(suggest).toBeHidden();
  await expect(page.locator('.site-header')).toBeHidden();
  await expect(page.locator('.site-nav')).toBeHidden();
  await expect(page.locator('#first-minutes .step-instruction').first()).toBeVisible();
  await expect(page.locator('.step-record').first()).toBeVisible();
  expect(pagesOf(await page.pdf({ format: 'A4' }))).toBeGreaterThan(3);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a runbook reads in full, and boxes still tick', async ({ page }) => {
    await page.goto('runbooks/ransomware/');
    expect(await page.locator('.step-instruction:visible').count()).toBeGreaterThan(40);
    await page.locator('input[data-tick]').first().check();
    await expect(page.locator('input[data-tick]').first()).toBeChecked();
    await expect(page.locator('a[href^="tel:"]').first()).toBeAttached();
  });

  test('a worksheet can be printed and filled on paper', async ({ page }) => {
    await page.goto('worksheets/five-ws/');
    await expect(page.locator('.no-script')).toBeVisible();
  });
});

test('focus is visible and the skip link leads to the content', async ({ page }) => {
  await page.goto('runbooks/phishing/');
  await page.keyboard.press('Tab');
  await expect(page.locator('a.skip')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement as Element);
    return `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`;
  });
  expect(outline).not.toMatch(/^none 0px none$/);
});
