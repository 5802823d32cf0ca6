/** From an exercise to a lesson that may be proposed: noted, judged, answered, made, mended, and sent by a person. */

import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'yaml';
import type { LessonData } from '../../src/model/schema-types.ts';
import { faultsOf } from './faults.ts';

const lesson = (page: Page) => page.locator('.lesson-text');

/** An exercise with one step done, one missed, one thing noted and some answers. */
async function play(page: Page): Promise<void> {
  await page.goto('exercises/lost-laptop-drill/run/');
  await page.locator('[data-start="person"]').fill('F. Example');
  await page.getByRole('checkbox', { name: 'Incident commander' }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Start the clock' }).click();
  await expect(page.locator('[data-is-told]')).toHaveCount(1);
  await page.locator('.exercise-how select').nth(1).selectOption('missed');
  await page.goto('runbooks/lost-device/');
  await page.locator('input[data-tick]').first().check();
  const second = page.locator('article.step').nth(1);
  await second.getByRole('button', { name: /^Note, skip/ }).click();
  await second.locator('textarea').fill('Nobody asked 10.20.30.40 for the number.');
  await second.getByRole('button', { name: 'Learn from this' }).click();
  await expect(second.locator('.step-notes')).toContainText('To learn from: Nobody asked');
  await page.goto('worksheets/lessons-learned-meeting/');
  await expect(page.locator('[data-kept]')).toContainText('belongs to the open incident');
  const answers = {
    better: 'Ask for the serial number first.',
    'add-after': (await firstNumber(page)) ?? '',
    'add-text': 'Read the serial number back to the caller.',
    'add-why': 'Two of four locked the wrong device.',
  };
  for (const [field, words] of Object.entries(answers)) {
    await page.locator(`[data-field="${field}"]`).first().fill(words);
    await page.locator(`[data-field="${field}"]`).first().blur();
  }
  await page.goto('exercises/lost-laptop-drill/run/');
  await page.getByRole('button', { name: 'End the exercise' }).click();
  await page.getByRole('link', { name: 'To the lesson' }).click();
  await expect(lesson(page)).not.toHaveValue('');
}

const firstNumber = async (page: Page) =>
  page.evaluate(async () => {
    const steps = await (await fetch('/plan/runbooks/lost-device/steps.json')).json();
    return `${steps.code} ${steps.steps[0].number}`;
  });

test('the lesson of an exercise: made, mended, kept, saved', async ({ page }) => {
  await play(page);
  const made = parse(await lesson(page).inputValue()) as LessonData;
  expect(made).toMatchObject({
    from: 'exercise',
    exercise: 'lost-laptop-drill',
    runbooks: ['lost-device'],
    better: ['Ask for the serial number first.'],
  });
  expect(made.learned?.[0]).toContain('Nobody asked');
  expect(made.notWell?.[0]).toContain('missed');
  expect(made.timeline?.some(({ what }) => what.startsWith('Incident commander: '))).toBe(true);
  expect(JSON.stringify(made)).not.toContain('F. Example');
  expect(made.changes?.[0]).toMatchObject({
    do: 'insert',
    place: 'after',
    why: 'Two of four locked the wrong device.',
  });
  expect(JSON.stringify(made.changes)).toMatch(/"digest":"sha256-[0-9a-f]{64}"/);

  // What does not belong in a lesson is named, and gone once it is mended.
  await expect(page.locator('.lesson-finds')).toContainText('10.20.30.40 (IP address');
  const finds = page.locator('.lesson-finds button', { hasText: '10.20.30.40' });
  for (let left = await finds.count(); left > 0; left -= 1) {
    await finds.first().click();
    await page.keyboard.type('the desk');
    await expect(finds).toHaveCount(left - 1);
  }
  await expect(page.locator('.lesson-finds')).not.toContainText('10.20.30.40');
  await page.reload();
  await expect(lesson(page)).toHaveValue(/Nobody asked the desk for the number/);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('ask-serial-number-first.yaml');
  expect(readFileSync(await file.path(), 'utf8')).toBe(await lesson(page).inputValue());
});

test('proposing shows the whole text, where it goes and who reads it, and holds back what may not go', async ({
  page,
}) => {
  await play(page);
  const whole = await lesson(page).inputValue();
  await page.getByRole('button', { name: 'Propose this lesson' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('.lesson-whole')).toHaveText(whole, { useInnerText: false });
  await expect(dialog).toContainText('https://git.example.org/security/plan');
  await expect(dialog).toContainText('content/lessons/ask-serial-number-first.yaml');
  await expect(dialog).toContainText('Everybody who can read that repository can read it');
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Go back' }).click();

  await lesson(page).fill(`${whole}tlp: RED\n`);
  await page.getByRole('button', { name: 'Propose this lesson' }).click();
  await expect(dialog).toContainText('it may not go into the plan’s repository');
  await expect(dialog).not.toContainText('Everybody who can read that repository');
  await expect(dialog.locator('a')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Go back' }).click();

  await lesson(page).fill(whole);
  await page.locator('#incident-field-2, .lesson-desk input[type="text"]').first().fill('Not A Name');
  await page.getByRole('button', { name: 'Propose this lesson' }).click();
  await expect(page.getByText('Small letters, digits and hyphens only')).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test('under legal hold nothing leaves the device from here', async ({ page }) => {
  await play(page);
  await page.goto('incident/');
  await page.locator('details', { hasText: 'legal hold' }).last().locator('summary').click();
  await page.locator('[data-hold="reason"]').fill('Counsel asked');
  await page
    .locator('form', { has: page.locator('[data-hold="reason"]') })
    .getByRole('button')
    .click();
  await expect(page.locator('[data-incident-page]')).toContainText('Counsel asked');
  await page.goto('write-lesson/');
  await page.getByRole('button', { name: 'Propose this lesson' }).click();
  await expect(page.getByRole('dialog')).toContainText('under legal hold');
  await expect(page.getByRole('dialog').locator('a')).toHaveCount(0);
});

test('the record of an exercise that used a changed step says so at its end, and how that is written down', async ({
  page,
}) => {
  await page.goto('exercises/lost-laptop-drill/run/');
  await page.locator('[data-start="person"]').fill('F. Example');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Start the clock' }).click();
  await page.goto('runbooks/lost-device/');
  // What the lesson "The right device first" has put in.
  await page.locator('article.step#prove-who-we-are input[data-tick]').check();
  await expect(page.locator('article.step#prove-who-we-are .step-said')).toContainText('Done');
  await page.goto('incident/');
  const files = page.locator('section', { has: page.getByRole('heading', { name: 'Files' }) });
  await expect(files.getByRole('button', { name: 'Record (JSON)' })).toBeVisible();
  await expect(files).not.toContainText('Changes that this record has used');
  await page.goto('exercises/lost-laptop-drill/run/');
  await page.getByRole('button', { name: 'End the exercise' }).click();
  await page.goto('incident/');
  await expect(files).toContainText('Changes that this record has used');
  await expect(files.getByRole('link', { name: 'The right device first' })).toBeVisible();
  await expect(files).toContainText('firebreak lesson confirm right-device-first --from record.json');
  expect(await faultsOf(page)).toEqual([]);
});

test('a blank lesson, where nothing was recorded; and axe finds nothing, on a phone in the dark', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await page.goto('lessons/');
  await page.getByRole('link', { name: 'Write a lesson' }).first().click();
  await expect(page.locator('.lesson-desk')).toContainText('No incident and no exercise is recorded');
  await page.getByRole('button', { name: 'Make the text' }).click();
  await expect(lesson(page)).not.toHaveValue('');
  expect(parse(await lesson(page).inputValue())).toMatchObject({ from: 'incident', status: 'draft' });
  expect(await faultsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(
    true,
  );
  await context.close();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the page leads to the template', async ({ page }) => {
    await page.goto('write-lesson/');
    await expect(page.locator('noscript a')).toHaveAttribute('href', /\/lessons\/template\/$/);
  });
});

test('a change of a step is suggested from where it is read: shown whole, and sent by a person', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    // The script that makes the button is suggest-here; the form is suggest.
    if (/\/suggest\.[^/]*js$/.test(new URL(request.url()).pathname)) scripts.push(request.url());
  });
  // The plan as a forge has it that takes a new file from an address.
  await page.route('**/_firebreak/lessons.json', async (route) => {
    const given = await (await route.fetch()).json();
    await route.fulfill({ json: { ...given, repository: { ...given.repository, kind: 'gitea' } } });
  });
  await page.goto('runbooks/lost-device/');
  const step = page.locator('.chapter:not(.phase-1) article.step').nth(1);
  const id = await step.getAttribute('id');
  await step.locator('.step-number').click();
  const offer = step.getByRole('button', { name: 'Suggest a change to this step' });
  await expect(offer).toBeVisible();
  // Nothing of the form is loaded before somebody wants it, and no other step carries the button for nothing.
  expect(scripts).toEqual([]);
  expect(await page.locator('.step-suggest').count()).toBeLessThan(4);
  await offer.click();
  const form = page.getByRole('dialog', { name: /^Suggest a change to [A-Z]+ \d+/ });
  await expect(form.locator('blockquote')).not.toBeEmpty();
  expect(scripts).toHaveLength(1);
  await form.getByRole('combobox', { name: 'What should change' }).selectOption('after');
  await form.getByRole('button', { name: 'Go on' }).click();
  await expect(form).toContainText('Write the sentence as it should be');
  await expect(form).toContainText('Say why');
  await form.getByRole('textbox', { name: 'The instruction' }).fill('Read the serial number back, as 10.20.30.40 did.');
  await form.getByRole('textbox', { name: 'Why' }).fill('Two of four locked the wrong device.');
  await expect(form).toContainText('10.20.30.40');
  await form.getByRole('textbox', { name: 'The instruction' }).fill('Read the serial number back to the caller.');
  await expect(form).not.toContainText('10.20.30.40');
  expect(await faultsOf(page)).toEqual([]);
  await form.getByRole('button', { name: 'Go on' }).click();

  const whole = page.getByRole('dialog', { name: 'Propose this lesson' });
  const made = parse((await whole.locator('.lesson-whole').textContent()) ?? '') as LessonData;
  expect(made).toMatchObject({
    from: 'suggestion',
    runbooks: ['lost-device'],
    summary: 'Two of four locked the wrong device.',
  });
  expect(made.changes).toMatchObject([{ do: 'insert', place: 'after', of: `runbook:lost-device#${id}` }]);
  await expect(whole).toContainText('https://git.example.org/security/plan');
  await expect(whole).toContainText('Everybody who can read that repository can read it');
  const address = await whole.getByRole('link', { name: 'Open the form there' }).getAttribute('href');
  expect(address).toMatch(/^https:\/\/git\.example\.org\/security\/plan\/_new\/main\?/);
  expect(new URL(address ?? '').searchParams.get('value')).toBe(await whole.locator('.lesson-whole').textContent());
});

test('a part of an action is suggested with the runbooks that it reaches, and the change is of the action', async ({
  page,
}) => {
  await page.goto('runbooks/ransomware/#isolate-hosts--mark-it');
  const step = page.locator('article.step#isolate-hosts');
  await step.getByRole('button', { name: 'Suggest a change to this step' }).click();
  const form = page.getByRole('dialog', { name: /^Suggest a change to RW \d+/ });
  const about = form.getByRole('combobox', { name: 'What it is about' });
  // The part whose letter was followed is the one that is meant.
  await expect(about).toHaveValue('action:isolate-host#mark-it');
  await expect(form.locator('blockquote')).toContainText('Mark the host with a note');
  await expect(form).toContainText(
    /said in the action “Isolate the host from the network”.*\d+ more runbooks.*: .*Phishing/,
  );
  const kind = form.getByRole('combobox', { name: 'What should change' });
  await expect(kind.getByRole('option')).toHaveText([
    'Its wording',
    'A part is missing before it',
    'A part is missing after it',
    'It should go',
  ]);
  await kind.selectOption('after');
  await expect(form.getByRole('combobox', { name: 'Who does it' })).toBeHidden();
  await about.selectOption({ index: 0 });
  await expect(form).not.toContainText('said in the action');
  await expect(kind.getByRole('option', { name: 'Its wording' })).toHaveCount(0);
  await about.selectOption('action:isolate-host#mark-it');
  await kind.selectOption('reword');
  await form.getByRole('textbox', { name: 'The instruction' }).fill('Put a red label on the host.');
  await form.getByRole('textbox', { name: 'Why' }).fill('The note fell off.');
  expect(await faultsOf(page)).toEqual([]);
  await form.getByRole('button', { name: 'Go on' }).click();
  const whole = page.getByRole('dialog', { name: 'Propose this lesson' });
  const made = parse((await whole.locator('.lesson-whole').textContent()) ?? '') as LessonData;
  expect(made.runbooks).toEqual(['ransomware']);
  expect(made.changes).toMatchObject([
    { do: 'reword', of: 'action:isolate-host#mark-it', text: 'Put a red label on the host.' },
  ]);
});

test('while an incident or an exercise is open, what is learned is noted in its record instead', async ({ page }) => {
  await page.goto('exercises/lost-laptop-drill/run/');
  await page.locator('[data-start="person"]').fill('F. Example');
  await page.getByRole('checkbox', { name: 'Incident commander' }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Start the clock' })).toBeVisible();
  await page.goto('runbooks/lost-device/');
  const step = page.locator('article.step').nth(1);
  await step.locator('.step-number').click();
  await expect(step.getByRole('button', { name: /^Note, skip/ })).toBeVisible();
  await expect(page.locator('.step-suggest')).toHaveCount(0);
});
