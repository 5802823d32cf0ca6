/** Whole builds: the same bytes from the same commit, a restored page where nothing changed, and the package by itself. */

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { snapshotOf, temporaryPlan } from '../cli/whole-command.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const command = join(repository, 'src/cli/main.ts');
const beside = join(repository, '.firebreak');
const patience = 240_000;

function firebreak(folder: string, argv: string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync(process.execPath, [command, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...quiet(), ...env },
  });
}

/** Makes the folder a repository with one commit, the same wherever it is made. */
function commit(folder: string): void {
  const date = '2026-11-24T09:00:00Z';
  const env = {
    ...quiet(),
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

function quiet(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...rest } = process.env;
  return { ...rest, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' };
}

test('two builds of one commit by others, elsewhere, give the same bytes, and the manifest says so', {
  timeout: patience,
}, () => {
  const [one, other] = [temporaryPlan(beside), temporaryPlan(join(beside, 'deeper/still'))] as const;
  const home = mkdtempSync(join(tmpdir(), 'firebreak-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const builders = [
    { folder: one, env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'C', USER: 'one' } },
    { folder: other, env: { TZ: 'America/Los_Angeles', LC_ALL: 'tr_TR.UTF-8', USER: 'other', HOME: home } },
  ];
  for (const { folder, env } of builders) {
    commit(folder);
    const argv = ['build', '--out', 'out', '--base', '/plan/'];
    expect(firebreak(folder, argv, env)).toMatch(/^\d+ pages built into out/);
  }
  const files = snapshotOf(join(one, 'out'));
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      'index.html',
      'manifest.json',
      'runbooks/ransomware/index.html',
      '_firebreak/stamp.css',
      '_firebreak/notices.txt',
    ]),
  );
  expect(JSON.parse(readFileSync(join(one, 'out/manifest.json'), 'utf8'))).toMatchObject({
    reproducible: true,
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  // What helps while a plan is edited is in no site that is built.
  const text = [...files.values()].map((bytes) => Buffer.from(bytes, 'base64').toString('latin1')).join('\n');
  expect(text).toContain('first-minutes');
  expect(text).not.toMatch(/dev-panel|data-dev-|data-source=|firebreak:changed|_firebreak\/diagnostics/);
  const others = snapshotOf(join(other, 'out'));
  expect([...others.keys()]).toEqual([...files.keys()]);
  expect([...files].filter(([path, bytes]) => others.get(path) !== bytes).map(([path]) => path)).toEqual([]);
});

test('after an edit only the pages that show it are drawn, and the result is that of a fresh build', {
  timeout: patience,
}, () => {
  const folder = temporaryPlan(beside);
  const config = `import firebreak from ${JSON.stringify(join(repository, 'src/site/integration.ts'))};\nexport default { integrations: [firebreak()], outDir: 'out' };\n`;
  writeFileSync(join(folder, 'astro.config.mjs'), config);
  const astro = () =>
    execFileSync(process.execPath, [join(repository, 'node_modules/astro/bin/astro.mjs'), 'build'], {
      cwd: folder,
      encoding: 'utf8',
      env: quiet(),
    });
  const drawn = (log: string) =>
    [...stripVTControlCharacters(log).matchAll(/[├└]─ (\S+)index\.html (?!\(restored\))/g)]
      .map((match) => match[1])
      .filter((path) => !path?.startsWith('/help/'));
  // An action that could not wait for its approval says so wherever it is shown, before anything else.
  const action = join(folder, 'content/actions/isolate-host.mdx');
  const mark = 'unapproved: {since: 2026-11-20, due: 2026-11-27, role: responder, why: It burnt.}';
  writeFileSync(action, readFileSync(action, 'utf8').replace('targets: hosts', `targets: hosts\n${mark}`));
  expect(drawn(astro()).length).toBeGreaterThan(20);
  for (const page of ['actions/isolate-host', 'runbooks/ransomware']) {
    const html = readFileSync(join(folder, 'out', page, 'index.html'), 'utf8');
    const said = /<aside class="caution" data-unapproved[^>]*>([\s\S]*?)<\/aside>/.exec(html)?.[1] ?? '';
    expect(said).toContain('in use since 2026-11-20 without an approval');
    expect(said).toMatch(/The approval of the Responder is due by <time datetime="2026-11-27" data-due="[^"]+">/);
    expect(html.indexOf(said)).toBeLessThan(html.indexOf('<h2'));
  }
  appendFileSync(join(folder, 'content/terms/runbook.yaml'), 'aliases: [drill book]\n');
  const again = drawn(astro());
  expect(again).toContain('/terms/runbook/');
  expect(again).toContain('/terms/');
  expect(again.filter((path) => path?.startsWith('/runbooks/') || path?.startsWith('/actions/'))).toEqual([]);
  const restored = snapshotOf(join(folder, 'out'));
  rmSync(join(folder, 'out'), { recursive: true });
  rmSync(join(folder, 'node_modules'), { recursive: true });
  astro();
  expect(
    [...snapshotOf(join(folder, 'out'))].filter(([path, bytes]) => restored.get(path) !== bytes).map(([path]) => path),
  ).toEqual([]);
});

test('a plan with an error is not built, and the error is told', { timeout: patience }, () => {
  const folder = temporaryPlan(beside);
  appendFileSync(join(folder, 'content/runbooks/ransomware.mdx'), '\n<div>HTML</div>\n');
  const failure = (() => {
    try {
      return firebreak(folder, ['build', '--out', 'out']);
    } catch (reason) {
      return reason as { status: number; stderr: string };
    }
  })();
  expect(failure).toMatchObject({ status: 1 });
  expect((failure as { stderr: string }).stderr).toContain('content/runbooks/ransomware.mdx:');
  expect((failure as { stderr: string }).stderr).not.toMatch(/\n\s+at /);
  expect(readdirSync(folder)).not.toContain('out');
});

test('the package by itself builds a plan that is not ours, under a sub-path', { timeout: patience }, () => {
  const folder = temporaryPlan();
  const packed = mkdtempSync(join(tmpdir(), 'firebreak-pack-'));
  onTestFinished(() => rmSync(packed, { recursive: true, force: true }));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--silent', '--pack-destination', packed], {
    cwd: repository,
    env: quiet(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [archive = ''] = readdirSync(packed);
  // What npm install would do, without a network: the package itself, and its dependencies beside it.
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'firebreak'), { recursive: true });
  for (const name of readdirSync(join(repository, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(repository, 'node_modules', name), join(modules, name), 'junction');
  execFileSync('tar', ['-xzf', join(packed, archive), '-C', join(modules, 'firebreak'), '--strip-components=1']);
  writeFileSync(
    join(folder, 'astro.config.mjs'),
    "import { defineConfig } from 'astro/config';\nimport firebreak from 'firebreak/astro';\n\nexport default defineConfig({ base: '/plan/', integrations: [firebreak()] });\n",
  );
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const cli = join(modules, 'firebreak/dist/cli/main.js');
  const output = execFileSync(process.execPath, [cli, 'build'], { cwd: folder, encoding: 'utf8', env: quiet() });
  expect(output).toMatch(/pages built into dist/);
  const home = readFileSync(join(folder, 'dist/index.html'), 'utf8');
  expect(home).toContain('href="/plan/');
  expect(home.match(/(?:href|src)="\/(?!plan\/)[^"]*"/g)).toBeNull();
  const runbook = readFileSync(join(folder, 'dist/runbooks/ransomware/index.html'), 'utf8');
  expect(runbook).toContain('id="isolate');
  // Git knows nothing of this folder: one page says so for all documents, and leads to no other.
  expect(readdirSync(join(folder, 'dist/history'))).toEqual(['index.html']);
  const history = readFileSync(join(folder, 'dist/history/index.html'), 'utf8');
  expect(history).toContain('Nothing is known of the history');
  expect(`${runbook}${history}`.match(/href="\/plan\/history\/[^"#]+"/g)).toBeNull();
  expect(runbook).toContain('<a href="/plan/history/">Nothing is known of it in this copy</a>');
  expect(
    execFileSync(process.execPath, [cli, 'explain', 'evidence-destroyed'], { cwd: folder, encoding: 'utf8' }),
  ).toContain('# evidence-destroyed');
});
