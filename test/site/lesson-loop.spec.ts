/**
 * The whole way round: an exercise without a network, the lesson made of it, the pull request, the merge, the next
 * exercise with the new step, and the loop that it closes.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { faultsOf } from './faults.ts';
import { firebreakIn, type PlanServer, planFolder, serveFolder } from './plan-server.ts';

test.use({ serviceWorkers: 'allow' });
// The tests share the server and what it serves, and the folder of the plan.
test.describe.configure({ mode: 'serial' });

const meeting = `title: The meeting
code: W2
summary: What was found.
sections:
  - id: findings
    title: Findings
    fields:
      - {id: better, label: How can we be better?, type: long-text, lesson: better}
  - id: steps
    title: Steps to add
    repeat: 2
    fields:
      - {id: add-after, label: After which step, type: text, lesson: change-step}
      - {id: add-text, label: The new step, type: text, lesson: change-text}
      - {id: add-why, label: Why, type: text, lesson: change-why}
`;
// Roles name nobody, but the plan says where it is kept: so a proposal says where it would go.
const repository = 'repository: {url: https://git.example.org/security/plan, forge: gitea}\n';

let plan: PlanServer;
let remote: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  plan = await serveFolder(planFolder());
  writeFileSync(join(plan.folder, 'content/worksheets/meeting.yaml'), meeting);
  execFileSync('sh', ['-c', 'printf %s "$0" >> content/plan.yaml', repository], { cwd: plan.folder });
  writeFileSync(join(plan.folder, '.gitignore'), '.firebreak/\none/\ntwo/\nplan.git/\n');
  remote = join(plan.folder, 'plan.git');
  git('init', '--quiet', '--bare', '--initial-branch', 'main', remote);
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', remote);
  commit('Begin the plan');
  plan.build('one');
});

test.afterAll(() => plan.close());

const environment = () => ({
  PATH: process.env['PATH'],
  HOME: plan.folder,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A. Example',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A. Example',
  GIT_COMMITTER_EMAIL: 'a@example.org',
});
const git = (...words: string[]) =>
  execFileSync('git', ['-C', plan.folder, ...words], { env: environment(), encoding: 'utf8', stdio: 'pipe' }).trim();
const firebreak = (...words: string[]) => firebreakIn(plan.folder, words, environment());

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
  git('push', '--quiet', 'origin', 'main');
}

/** One visit, after which there is neither a server nor a network. */
async function visitAndLeave(page: Page, context: BrowserContext): Promise<void> {
  plan.serving = { version: 'one', left: 0 };
  await page.goto(plan.address);
  await expect(page.locator('[data-offline]')).toContainText('The whole plan is on this device', { timeout: 60_000 });
  plan.serving = { version: 'one', fault: 'gone', left: 0 };
  await context.setOffline(true);
}

/** Begins the exercise as the only one who plays. */
async function startExercise(page: Page): Promise<void> {
  await page.goto(`${plan.address}exercises/friday-night/run/`);
  await page.locator('[data-start="person"]').fill('F. Example');
  await page.getByRole('checkbox', { name: 'Responder' }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Start the clock' }).click();
  await expect(page.locator('[data-is-told]')).toHaveCount(1);
}

async function tick(page: Page, step: string): Promise<void> {
  await page.goto(`${plan.address}runbooks/ransomware/`);
  await page.locator(`article.step#${step} input[data-tick]`).check();
  await expect(page.locator(`article.step#${step} .step-said`)).toContainText('Done');
}

async function endExercise(page: Page): Promise<void> {
  await page.goto(`${plan.address}exercises/friday-night/run/`);
  await page.getByRole('button', { name: 'End the exercise' }).click();
  await expect(page.getByRole('link', { name: 'To the lesson' })).toBeVisible();
}

async function downloaded(page: Page, name: string, folder: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).last().click(),
  ]);
  const path = join(plan.folder, folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

const loops = (page: Page) => page.getByRole('region', { name: 'Changes that lessons ask for' });

test('a part of an action is suggested on the page of the action, without a network too', async ({ page, context }) => {
  await visitAndLeave(page, context);
  await page.goto(`${plan.address}actions/isolate-host/`);
  expect(await faultsOf(page)).toEqual([]);
  await page.locator('#unplug').getByRole('button', { name: 'Suggest a change to this part' }).click();
  const form = page.getByRole('dialog', { name: /^Suggest a change to Isolate.*, a$/ });
  await expect(form.locator('blockquote')).not.toBeEmpty();
  await expect(form).toContainText('The change holds for the runbook that uses this action: Ransomware.');
  await form.getByRole('combobox', { name: 'What should change' }).selectOption('after');
  await expect(form.getByRole('combobox', { name: 'Who does it' })).toBeHidden();
  await form.getByRole('textbox', { name: 'The instruction' }).fill('Put a red label on the host.');
  await form.getByRole('textbox', { name: 'Why' }).fill('Somebody plugged it in again.');
  expect(await faultsOf(page)).toEqual([]);
  await form.getByRole('button', { name: 'Go on' }).click();
  const lesson = await downloaded(page, 'Save as a file', 'content/lessons');
  const dry = firebreak('lesson', 'propose', lesson, '--dry-run', '--forge', 'git');
  expect(dry).toContain('+<Part id="put-red-label-host">');
  git('clean', '--quiet', '--force', 'content/lessons');
});

test('from an exercise without a network to a merged step, and to the exercise that confirms it', async ({
  page,
  context,
  browser,
}) => {
  // Two builds, and six runs of commands, beside whatever else the machine does.
  test.setTimeout(600_000);
  const lesson = await test.step('the exercise, its form and its lesson, with the server gone', async () => {
    await visitAndLeave(page, context);
    await startExercise(page);
    await tick(page, 'list-hosts');
    await page.goto(`${plan.address}worksheets/meeting/`);
    await expect(page.locator('[data-kept]')).toContainText('belongs to the open incident');
    const answers = {
      better: 'Write down when it began.',
      'add-after': 'RW 2',
      'add-text': 'Note the time of the first sign.',
      'add-why': 'Nobody knew afterwards when it began.',
    };
    for (const [field, words] of Object.entries(answers)) {
      await page.locator(`[data-field="${field}"]`).first().fill(words);
      await page.locator(`[data-field="${field}"]`).first().blur();
    }
    await endExercise(page);
    await page.getByRole('link', { name: 'To the lesson' }).click();
    await expect(page.locator('.lesson-text')).toHaveValue(/Note the time of the first sign\./);
    await page.getByRole('button', { name: 'Propose this lesson' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('https://git.example.org/security/plan');
    await expect(dialog).toContainText('This device has no network now');
    await expect(dialog.getByRole('link')).toHaveCount(0);
    expect(await faultsOf(page)).toEqual([]);
    return await downloaded(page, 'Save as a file', 'content/lessons');
  });

  await test.step('with a network again, the same dialog leads to the form of the forge', async () => {
    await context.setOffline(false);
    const form = page.getByRole('dialog').getByRole('link', { name: 'Open the form there' });
    await expect(form).toHaveAttribute('href', /^https:\/\/git\.example\.org\/security\/plan\/_new\/.*write-down/);
  });

  const id = 'write-down-when-began';
  await test.step('what was saved becomes a pull request, which is merged', () => {
    expect(lesson).toContain(`${id}.yaml`);
    const dry = firebreak('lesson', 'propose', lesson, '--dry-run', '--forge', 'git');
    expect(dry).toContain("Ransomware, Identification: new step after 'List the hosts that are affected'");
    expect(dry).toContain('+<Step id="note-time-first-sign" role="responder">');
    expect(git('ls-remote', '--heads', 'origin')).not.toContain(`lesson/${id}`);
    expect(firebreak('lesson', 'propose', lesson, '--forge', 'git')).toContain(`Branch lesson/${id} is pushed.`);
    git('clean', '--quiet', '--force', 'content/lessons');
    git('fetch', '--quiet', 'origin');
    git('merge', '--quiet', '--no-ff', '--message', 'Merge the lesson', `origin/lesson/${id}`);
    git('push', '--quiet', 'origin', 'main');
    plan.build('two');
    plan.serving = { version: 'two', left: 0 };
  });

  const merged = git('rev-parse', '--short=8', 'HEAD');
  const today = git('log', '-1', '--format=%cs');
  // Another device, which has no copy from before.
  const other = await browser.newContext({ serviceWorkers: 'block' });
  const desk = await other.newPage();
  const record = await test.step('the site says since when it holds, and the next exercise uses it', async () => {
    await desk.goto(`${plan.address}lessons/${id}/`);
    await expect(desk.locator('main')).toContainText(`Applied on ${today}, commit ${merged}, to be confirmed by 20`);
    await desk.goto(`${plan.address}lessons/`);
    await expect(loops(desk)).toContainText('0 proposed, 1 applied and not yet confirmed, 0 confirmed');
    await expect(loops(desk)).not.toContainText('Past their day');
    const later = await other.newPage();
    await later.clock.setFixedTime(Date.now() + 2 * 365 * 86_400_000);
    await later.goto(`${plan.address}lessons/`);
    await expect(loops(later)).toContainText('Past their day: 1.');
    await expect(loops(later).getByText('overdue', { exact: true })).toHaveCount(1);
    await later.close();
    await desk.goto(`${plan.address}runbooks/ransomware/`);
    await expect(desk.locator('.standing')).toContainText('Changed after');
    await desk
      .locator('.standing')
      .getByRole('link', { name: /new step after/ })
      .click();
    await expect(desk.locator('article.step#note-time-first-sign')).toBeInViewport();
    await startExercise(desk);
    await tick(desk, 'note-time-first-sign');
    await endExercise(desk);
    await desk.goto(`${plan.address}incident/`);
    await expect(desk.locator('main')).toContainText(`firebreak lesson confirm ${id} --from record.json`);
    return await downloaded(desk, 'Record (JSON)', '.');
  });

  await test.step('its record closes the loop', async () => {
    expect(firebreak('lesson', 'confirm', id, '--from', record)).toContain('used on');
    commit('Confirm the lesson');
    plan.build('two');
    await desk.goto(`${plan.address}lessons/`);
    await expect(loops(desk)).toContainText('0 proposed, 0 applied and not yet confirmed, 1 confirmed');
    await expect(loops(desk)).toContainText(/Confirmed: used on \d{4}-\d\d-\d\d in “Friday night”, says the Responder/);
    await expect(loops(desk)).toContainText(`in the plan since ${today}, commit ${merged}`);
    expect(await faultsOf(desk)).toEqual([]);
  });
  await other.close();
});
