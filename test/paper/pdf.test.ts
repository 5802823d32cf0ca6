/** The command `pdf` as a whole: a site is built, printed by an installed browser, and read back with poppler. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../src/cli/find-browser.ts';
import { compile } from '../../src/compile/index.ts';
import { runbooksInOrder } from '../../src/site/paper/selection.ts';
import { now, runIn, temporaryPlan } from '../cli/whole-command.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const command = join(repository, 'src/cli/main.ts');
const beside = join(repository, '.firebreak');
const patience = 300_000;
const poppler = spawnSync('pdfinfo', ['-v']).status === 0;
const missing = [...(findBrowser() ? [] : ['Chromium or Chrome']), ...(poppler ? [] : ['poppler-utils'])].join(' and ');

function firebreak(folder: string, ...argv: string[]): string {
  const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...env } = process.env;
  return execFileSync(process.execPath, [command, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Makes the folder a repository with one commit, so that there is a version. */
function commit(folder: string): void {
  const date = '2026-11-24T09:00:00Z';
  const env = {
    ...process.env,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A. Example', '-c', 'user.email=a@example.org', ...words], {
      cwd: folder,
      env,
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', 'content');
  git('commit', '--quiet', '--message', 'Begin the plan');
}

const infoOf = (file: string) =>
  Object.fromEntries(
    execFileSync('pdfinfo', [file], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
      .split('\n')
      .map((line) => /^([^:]+):\s*(.*)$/.exec(line)?.slice(1) ?? []),
  ) as Record<string, string>;

/** The text of each page, the first at index 1. */
const textsOf = (file: string) =>
  ['', ...execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f')].map((text) =>
    text.replace(/[ \t]+/g, ' '),
  );

/** The bookmarks with their level and page. */
function bookmarksOf(file: string): { title: string; level: number; page: number }[] {
  const xml = execFileSync('pdftohtml', ['-xml', '-i', '-stdout', file], { encoding: 'utf8' });
  let level = 0;
  return [...xml.matchAll(/<outline>|<\/outline>|<item page="(\d+)">(.*?)<\/item>/g)].flatMap(([tag, page, title]) => {
    if (title !== undefined)
      return [
        {
          title: title.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
          level,
          page: Number(page),
        },
      ];
    level += tag === '<outline>' ? 1 : -1;
    return [];
  });
}

describe.skipIf(missing !== '')(`printing${missing && ` (skipped: needs ${missing})`}`, () => {
  test('a binder of the whole plan: title, tags, bookmarks, pages, and the same bytes twice', {
    timeout: patience,
  }, () => {
    const folder = temporaryPlan(beside);
    commit(folder);
    const [one, other] = [join(folder, 'one.pdf'), join(folder, 'other.pdf')];
    const said = firebreak(folder, 'pdf', '--out', 'one.pdf');
    firebreak(folder, 'pdf', '--out', 'other.pdf');
    const info = infoOf(one);
    expect(said).toMatch(new RegExp(`^${info['Pages']} pages printed into one\\.pdf`));
    expect(info).toMatchObject({
      Title: expect.stringMatching(/^Smallest plan, [0-9a-f]{8}$/),
      Tagged: 'yes',
      CreationDate: 'Tue Nov 24 09:00:00 2026 UTC',
      ModDate: 'Tue Nov 24 09:00:00 2026 UTC',
      'Page size': expect.stringContaining('(A4)'),
    });
    const texts = textsOf(one);
    expect(texts).toHaveLength(Number(info['Pages']) + 2);

    const [, cover = '', contents = ''] = texts;
    expect(cover).toContain('TLP:AMBER');
    expect(cover).toContain('Not approved');
    expect(cover).toContain('1 runbook, 1 not approved');
    expect(cover).toMatch(/[0-9a-f]{8}, 2026-11-24/);

    // Every number in the contents is that of the page on which the title stands.
    const lines = [...contents.matchAll(/^ ?(?:([A-Z]+\d*) )?(\S.*?) (\d+)\s*$/gm)].filter(
      ([line]) => !line.includes(' of '),
    );
    const found = lines.map(
      ([, , title = '', page]) => [title.replace(/ (P1|P2|Draft).*$/, ''), Number(page)] as const,
    );
    expect(found.map(([title]) => title)).toEqual([
      'Something is wrong. What now?',
      'Ransomware',
      'Isolate the host from the network',
      'Contacts',
      'Notice to staff',
      "Five W's",
    ]);
    for (const [title, page] of found) expect(texts[page]).toContain(title);
    expect(new Set(found.map(([, page]) => page)).size).toBe(found.length);

    const bookmarks = bookmarksOf(one);
    const bookmark = (title: string) => bookmarks.find((candidate) => candidate.title === title);
    for (const [title, page] of found) expect(bookmarks).toContainEqual({ title, level: 1, page });
    expect(bookmark('Containment')).toMatchObject({ level: 2 });
    expect(texts[bookmark('Containment')?.page ?? 0]).toContain('Isolate');

    // It is joined of what was printed apart: nothing is left of the address that stood between, and every link leads.
    expect(readFileSync(one).toString('latin1')).not.toContain('firebreak.invalid');
    expect(texts.join('')).not.toContain('firebreak.invalid');
    const places = execFileSync('pdfinfo', ['-dests', one], { encoding: 'utf8' });
    const leading = [
      ...readFileSync(one)
        .toString('latin1')
        .matchAll(/^\/Dest \/(\S+)$/gm),
    ].map(([, name]) => name);
    expect(leading).toEqual(expect.arrayContaining(['runbook-ransomware', 'contacts', 'worksheet-five-ws']));
    for (const name of leading) expect(places).toContain(`"${name}"`);

    // Every page but the cover says which it is, and of how many; every phase stands on pages of its own.
    for (const [index, text] of texts.slice(2, -1).entries())
      expect(text).toContain(`Page ${index + 2} of ${info['Pages']}`);
    const phases = ['First minutes', 'Identification', 'Containment', 'Eradication', 'Recovery', 'Lessons Learned'];
    const pages = phases.map((title) => bookmark(title)?.page);
    expect(pages).toEqual([...pages].sort((a, b) => Number(a) - Number(b)));
    expect(new Set(pages).size).toBe(phases.length);

    expect(readFileSync(other).equals(readFileSync(one))).toBe(true);
  });

  test('one runbook on Letter, with its phases in the contents', { timeout: patience }, () => {
    const folder = temporaryPlan(beside);
    commit(folder);
    writeFileSync(join(folder, 'content/terms/note.yaml'), 'title: Note\nsummary: A word.\n');
    firebreak(folder, 'pdf', '--runbook', 'ransomware', '--paper', 'letter', '--out', 'rw.pdf');
    const file = join(folder, 'rw.pdf');
    expect(infoOf(file)).toMatchObject({
      Title: expect.stringMatching(/^Ransomware · Smallest plan, [0-9a-f]{8}/),
      'Page size': expect.stringContaining('(letter)'),
    });
    const texts = textsOf(file);
    const page = Number(/Eradication (\d+)/.exec(texts[2] ?? '')?.[1]);
    expect(texts[page]).toContain('Find the root cause.');
    expect(texts[1]).toContain('uncommitted changes');
  });

  test('one role: its page, and its steps in every runbook', { timeout: patience }, () => {
    const folder = temporaryPlan(beside);
    const told = JSON.parse(firebreak(folder, 'pdf', '--role', 'responder', '--out', 'role.pdf', '--json'));
    const pages = Number(infoOf(join(folder, 'role.pdf'))['Pages']);
    expect(told).toEqual({ file: 'role.pdf', pages, seconds: expect.any(Number) });
    const texts = textsOf(join(folder, 'role.pdf'));
    expect(texts[1]).toContain('Responder');
    expect(texts.join('')).toContain('Find the root cause.');
  });

  test('the card of every runbook of the starter plan is one side of one sheet', { timeout: patience }, async () => {
    const folder = temporaryPlan(beside);
    const content = join(repository, 'content');
    const { plan } = await compile(content, now);
    if (!plan) throw new Error('the starter plan has faults');
    const runbooks = runbooksInOrder(plan);
    expect(runbooks.length).toBeGreaterThan(30);
    const file = join(folder, 'cards.pdf');
    firebreak(folder, 'pdf', '--cards', '--content', content, '--out', file);
    expect(Number(infoOf(file)['Pages'])).toBe(runbooks.length);
    const texts = textsOf(file).slice(1);
    for (const [index, runbook] of runbooks.entries()) {
      const text = texts[index] ?? '';
      expect(text).toContain(runbook.data.title);
      for (const part of [
        'When',
        'Do not',
        'Call first:',
        'First minutes',
        'Who to call',
        `Card ${runbook.data.code}.`,
      ])
        expect(text, runbook.id).toContain(part);
      for (const step of runbook.body?.steps ?? [])
        if (step.section.part === 'first-minutes')
          expect(text, runbook.id).toContain(`${runbook.data.code} ${step.number}`);
    }
  });
});

test.skipIf(findBrowser({}) !== undefined)('without a browser one line says what to install', async () => {
  const folder = temporaryPlan();
  const { code, stdout, stderr } = await runIn(folder, 'pdf', '--out', 'binder.pdf');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^firebreak pdf: Printing needs Chromium.*apt-get install chromium.*CHROME_PATH.*\n$/);
});

test('what cannot be asked for is told before anything is drawn', async () => {
  const folder = temporaryPlan();
  const asked = async (...argv: string[]) => {
    const { code, stderr } = await runIn(folder, 'pdf', ...argv);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await asked('--paper', 'a5')).toContain('There is no paper "a5". The sizes are a4, letter.');
  expect(await asked('--runbook', 'ransomware', '--cards')).toContain(
    '--runbook and --cards cannot be asked for together',
  );
});

test.skipIf(!findBrowser())(
  'a name that the plan has not is told with the nearest that it has',
  { timeout: patience },
  () => {
    const folder = temporaryPlan(beside);
    const result = spawnSync(process.execPath, [command, 'pdf', '--runbook', 'ransomwar'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain('There is no runbook "ransomwar". Did you mean "ransomware"?');
  },
);
