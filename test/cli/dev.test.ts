/** `firebreak dev` as a whole: pages while a plan is edited, broken, mended, and its files come and go. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import fc from 'fast-check';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../src/cli/find-browser.ts';
import { temporaryPlan } from './whole-command.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const command = join(repository, 'src/cli/main.ts');
// Far above what anything takes on a machine that is free.
const patience = 90_000;

interface Edited {
  /** A page, by its path, as soon as it says something, or does not say it any more. */
  page: (path: string, wanted: { says?: string | RegExp; hides?: string | RegExp }) => Promise<string>;
  /** The text of a file of the plan. */
  read: (path: string) => string;
  write: (path: string, text: string | Uint8Array) => void;
  /** Path of a file of the plan on this machine. */
  at: (path: string) => string;
  address: string;
  /** What the command has said so far. */
  said: () => string;
}

/** Starts the command on a copy of the smallest plan; it ends with the test. */
async function edited(prepare: (content: string) => void = () => undefined, ...argv: string[]): Promise<Edited> {
  const content = join(temporaryPlan(join(repository, '.firebreak')), 'content');
  prepare(content);
  const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...env } = process.env;
  const server = spawn(process.execPath, [command, 'dev', '--base', '/plan/', ...argv], {
    cwd: join(content, '..'),
    env: { ...env, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.once('close', () => resolve());
        server.kill();
      }),
  );
  let said = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const address = await addressOf(server);
  const at = (path: string) => join(content, path);
  return {
    address,
    said: () => said,
    at,
    read: (path) => readFileSync(at(path), 'utf8'),
    write: (path, text) => writeFileSync(at(path), text),
    page: (path, wanted) => pageThat(`${address}${path}`, wanted),
  };
}

/** The address that the server says it listens at. */
function addressOf({ stdout, stderr }: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The server said:\n${said}`)), patience);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /(http:\/\/localhost:\d+\/plan)\/?[\s\S]*watching for file changes/.exec(said) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(`${found}/`);
    };
    stdout?.on('data', hear);
    stderr?.on('data', hear);
  });
}

const within = (text: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

async function pageThat(
  url: string,
  { says = '', hides }: { says?: string | RegExp; hides?: string | RegExp },
): Promise<string> {
  let text = '';
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) {
    text = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
    // Whatever is wrong, nobody is shown the inside of the program.
    expect(text).not.toMatch(/node_modules\/(astro|vite)\/dist|at \S+ \(\S+:\d+:\d+\)/);
    if (within(text, says) && !(hides && within(text, hides))) return text;
  }
  throw new Error(`${url} never said ${String(says)}, or always ${String(hides)}:\n${text}`);
}

const ransomware = 'runbooks/ransomware';
const file = `${ransomware}.mdx`;
const page = `${ransomware}/`;

test('a port that is in use is named, with the one that serves instead', { timeout: patience }, async () => {
  const other = createServer();
  onTestFinished(() => void other.close());
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve));
  const { port } = other.address() as AddressInfo;
  const { address, said } = await edited(undefined, '--port', String(port));
  const taken = new URL(address).port;
  expect(taken).not.toBe(String(port));
  await expect.poll(said).toContain(`Port ${port} is in use; the plan is served on port ${taken} instead.`);
});

test('pages follow the files: edited, broken, mended, new, renamed and deleted', {
  timeout: 4 * patience,
}, async () => {
  const plan = await edited();
  const good = plan.read(file);
  await plan.page(page, { says: 'Find the root cause.' });
  await plan.page('', { says: 'dev-panel' });

  plan.write(file, good.replace('Find the root cause.', 'Ask what came in first.'));
  await plan.page(page, { says: 'Ask what came in first.', hides: 'Find the root cause.' });

  // A name that leads nowhere: the page is drawn, and says so beside the line.
  plan.write(file, good.replace('id="find-cause" role="responder"', 'id="find-cause" role="respnder"'));
  const told = await plan.page(page, { says: 'content/runbooks/ransomware.mdx:37:' });
  expect(told).toMatch(/data-dev-path="runbooks\/ransomware.mdx" data-dev-from="37"/);
  expect(told).toMatch(/data-source="runbooks\/ransomware.mdx:37-39"/);
  expect(await plan.page('_firebreak/diagnostics/', { says: 'respnder' })).toContain('unknown-reference');

  // As it is left when somebody goes on typing, or when the disk is full.
  const halves: [string, string | Uint8Array][] = [
    ['front-matter-missing', '---\ntitle: Ransom'],
    ['yaml-syntax', good.replace('code: RW', 'code: [RW')],
    ['front-matter-missing', ''],
    ['not-text', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x00, 0xff, 0xfe, 0x00)],
    ['merge-conflict', `<<<<<<< ours\n${good}\n=======\n${good}\n>>>>>>> theirs\n`],
  ];
  for (const [fault, text] of halves) {
    plan.write(file, text);
    const shown = await plan.page(page, { says: fault });
    expect(shown).toContain('content/runbooks/ransomware.mdx');
    // The rest of the plan is there.
    await plan.page('roles/responder/', { says: '<h1' });
  }
  plan.write(file, good.replace('<Step id="restore-data"', '<Step id="restore-da'));
  await plan.page(page, { says: 'mdx-syntax' });
  plan.write(file, good);
  await plan.page(page, { says: 'Find the root cause.', hides: 'mdx-syntax' });

  await plan.page('pages/news/', { says: 'There is no page here' });
  plan.write(
    'pages/news.mdx',
    '---\ntitle: What is new\nsummary: News.\nowner: responder\nstatus: draft\n---\n\nA first line.\n',
  );
  await plan.page('pages/news/', { says: 'A first line.' });
  renameSync(plan.at('pages/news.mdx'), plan.at('pages/older.mdx'));
  await plan.page('pages/older/', { says: 'A first line.' });
  await plan.page('pages/news/', { says: 'There is no page here' });
  unlinkSync(plan.at('pages/older.mdx'));
  await plan.page('pages/older/', { says: 'There is no page here' });
});

test('plan.yaml broken and mended: the last good pages stay, and the new title comes', {
  timeout: 3 * patience,
}, async () => {
  const plan = await edited();
  const good = plan.read('plan.yaml');
  await plan.page('', { says: 'Smallest plan' });
  plan.write('plan.yaml', good.replace('title: Smallest plan', 'title: [Smallest'));
  const last = await plan.page(page, { says: 'plan.yaml cannot be used' });
  expect(last).toContain('Find the root cause.');
  expect(last).toContain('content/plan.yaml:3:');
  plan.write('plan.yaml', good.replace('Smallest plan', 'Another plan'));
  await plan.page('', { says: 'Another plan', hides: /Smallest plan|plan.yaml cannot be used/ });
  unlinkSync(plan.at('plan.yaml'));
  await plan.page('', { says: 'plan-not-found' });
  plan.write('plan.yaml', good);
  await plan.page('', { says: 'Smallest plan', hides: 'plan-not-found' });
});

test('a plan that cannot be shown when the server starts says why, and comes when it is mended', {
  timeout: 3 * patience,
}, async () => {
  let good = '';
  const plan = await edited((content) => {
    good = readFileSync(join(content, 'plan.yaml'), 'utf8');
    writeFileSync(join(content, 'plan.yaml'), good.replace('priority:', 'priorities:'));
  });
  const shown = await plan.page('', { says: 'The plan cannot be shown' });
  expect(shown).toContain('content/plan.yaml');
  expect(shown).toContain('priorit');
  plan.write('plan.yaml', good);
  await plan.page('', { says: 'Smallest plan', hides: 'cannot be shown' });
});

const stateOf = (tab: Page) => tab.locator('[data-dev-state]').getAttribute('data-dev-state');
const browserPath = findBrowser();

/** A tab of a browser that ends with the test. */
async function openTab(): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: browserPath as string,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  onTestFinished(() => browser.close());
  const tab = await (await browser.newContext()).newPage();
  tab.setDefaultTimeout(patience);
  return tab;
}

test.skipIf(!browserPath)(
  'in a browser: a changed text is put in place and leaves the rest alone, a new step loads the page again',
  { timeout: 4 * patience },
  async () => {
    const plan = await edited();
    const tab = await openTab();
    await tab.goto(`${plan.address}${page}`);
    await tab.getByText('Nothing to report on this page').waitFor();
    // Stands for what scripts and people do to a page.
    await tab.evaluate(() => {
      Object.assign(window, { stands: true });
      document.querySelector('#find-cause')?.append(Object.assign(document.createElement('b'), { id: 'added' }));
    });
    const good = plan.read(file);
    plan.write(file, good.replace('\n<Step id="find-cause"', '\n\n\n<Step id="find-cause"'));
    await tab.locator('[data-source="runbooks/ransomware.mdx:39-41"]').waitFor({ state: 'attached' });
    plan.write(file, good.replace('Find the root cause.', 'Ask {who} came in first.'));
    await tab.getByText('Ask {who} came in first.').first().waitFor();
    await tab.locator('#find-cause .dev-mark').waitFor();
    // The fault is mended, and with it the mark is gone.
    plan.write(file, good.replace('Find the root cause.', 'Ask what came in first.'));
    await tab.getByText('Nothing to report on this page').waitFor();
    expect(await tab.locator('.dev-mark, .dev-marked').count()).toBe(0);
    expect(await tab.locator('#find-cause').textContent()).toContain('Ask what came in first.');
    expect(await tab.locator('#find-cause #added').count()).toBe(1);
    expect(await tab.evaluate(() => 'stands' in window)).toBe(true);

    const step = '<Step id="ask-around" role="responder">\nAsk around.\n</Step>\n\n';
    plan.write(file, good.replace('<Step id="find-cause"', `${step}<Step id="find-cause"`));
    await tab.locator('#ask-around').waitFor();
    await tab.waitForFunction(() => !('stands' in window));
  },
);

test.skipIf(!browserPath)(
  'what is put in place is what was drawn, whatever changes into whatever',
  { timeout: 2 * patience },
  async () => {
    const plan = await edited();
    const tab = await openTab();
    await tab.goto(plan.address);
    const tree = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('a text', 'another', '&lt;'),
        fc
          .tuple(
            fc.constantFrom('div', 'ul', 'b'),
            fc.constantFrom('', ' id="one"', ' id="two"', ' class="x" data-source="f:1-2"', ' data-source="f:3-4"'),
            fc.array(tie('node'), { maxLength: 4 }),
          )
          .map(([name, attributes, inner]) => `<${name}${attributes}>${inner.join('')}</${name}>`),
      ),
    })).node;
    const cases = fc.sample(
      fc.array(
        tree.map((one) => `<section>${one}</section>`),
        { minLength: 3, maxLength: 3 },
      ),
      300,
    );
    // As text: the runner of the tests would put its own import in place.
    const address = new URL(`/@fs${repository}src/site/client/drawn.ts`, plan.address).href;
    const module = await tab.evaluateHandle<typeof import('../../src/site/client/drawn.ts')>(`import('${address}')`);
    const wrong = await tab.evaluate(
      ({ module: { Drawn }, cases }) => {
        const elementOf = (html: string) =>
          new DOMParser().parseFromString(html, 'text/html').querySelector('section') as Element;
        return cases.filter(([first, ...next]) => {
          const live = document.importNode(elementOf(first as string), true);
          document.body.append(live);
          const drawn = new Drawn(live);
          const shown = next.map((html) => {
            drawn.bring(elementOf(html));
            return live.isEqualNode(elementOf(html));
          });
          live.remove();
          return shown.includes(false);
        });
      },
      { module, cases },
    );
    expect(wrong).toEqual([]);
  },
);

test.skipIf(!browserPath)(
  'in a browser: what is wrong stands beside its step, and the page loads again by itself',
  {
    timeout: 4 * patience,
  },
  async () => {
    const plan = await edited();
    const tab = await openTab();
    const refused: string[] = [];
    tab.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    await tab.goto(`${plan.address}${page}`);
    await tab.getByText('Nothing to report on this page').waitFor();
    // It is dressed as the site that is built is.
    expect(await tab.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Atkinson');

    const good = plan.read(file);
    plan.write(file, good.replace('Find the root cause.', 'Find the {culprit}.'));
    const mark = tab.locator('#find-cause .dev-mark');
    await mark.waitFor();
    expect(await mark.textContent()).toMatch(/^Error: .*culprit/);
    const panel = tab.locator('.dev-panel');
    expect(await panel.locator('summary').textContent()).toContain('1 error on this page');
    expect(await panel.locator('.dev-frame').textContent()).toContain('Find the {culprit}.');
    expect(await panel.locator('.dev-where').textContent()).toContain('content/runbooks/ransomware.mdx:38:10');
    await panel.getByRole('link', { name: 'Show on this page' }).click();
    expect(new URL(tab.url()).hash).toBe('#dev-mark-1');
    const { violations } = await new AxeBuilder({ page: tab as never }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

    plan.write(file, '---\ntitle: Ransom');
    const fault = tab.getByRole('heading', { name: 'content/runbooks/ransomware.mdx cannot be shown' });
    await fault.waitFor();
    // What is checked is told once; then the page stands still. It once loaded itself again and again.
    await expect.poll(() => stateOf(tab), { timeout: patience }).toMatch(/^\d+$/);
    await tab.evaluate(() => Object.assign(window, { stands: true }));
    await plan.page('_firebreak/diagnostics/', { says: 'front-matter-missing' });
    await sleep(1000);
    expect(await tab.evaluate(() => 'stands' in window)).toBe(true);
    plan.write(file, good);
    await tab.getByRole('heading', { name: 'Ransomware', exact: true }).waitFor();
    await tab.getByText('Nothing to report on this page').waitFor();
    expect(refused).toEqual([]);
  },
);
