/** The programs that tests drive: found where they are installed, and installed where that needs no question. */

import { execFileSync, spawnSync } from 'node:child_process';
import { findBrowser, headlessShell } from '../src/cli/find-browser.ts';
import { findFirefox, findWebKit } from '../test/site/other-browsers/find.ts';

interface Tool {
  name: string;
  /** What runs or is checked with it. */
  for: string;
  installed: () => boolean;
  /** Debian packages that bring it. */
  packages: string[];
  /** Tests of what every responder needs are not skipped. */
  needed?: true;
  /** Installed only where all tests are asked for. */
  onlyInCi?: true;
  /** Without it the same tests take longer. */
  onlyFaster?: true;
}

const runs = (program: string, ...words: string[]) => spawnSync(program, words).error === undefined;

const tools: Tool[] = [
  {
    name: 'Chromium or Chrome',
    for: 'the tests of the site and of what is printed',
    installed: () => findBrowser() !== undefined,
    packages: ['chromium'],
    needed: true,
  },
  {
    name: 'the headless shell of Chromium',
    for: 'tests in half of the time',
    installed: () => findBrowser({ PATH: process.env['PATH'] }, [headlessShell])?.endsWith(headlessShell) ?? false,
    packages: [headlessShell],
    onlyInCi: true,
    onlyFaster: true,
  },
  {
    name: 'poppler-utils',
    for: 'the tests that read what is printed',
    installed: () => runs('pdfinfo', '-v'),
    packages: ['poppler-utils'],
  },
  {
    name: 'Firefox',
    for: 'the tests in Firefox',
    installed: () => findFirefox() !== undefined,
    packages: ['firefox-esr'],
    onlyInCi: true,
  },
  {
    name: 'WebKitGTK with its driver, and Xvfb',
    for: 'the tests in WebKit',
    installed: () => findWebKit() !== undefined,
    packages: ['webkit2gtk-driver', 'xvfb'],
    onlyInCi: true,
  },
  {
    name: 'nginx',
    for: 'the tests of its configuration for hosting',
    installed: () => runs('nginx', '-v') || runs('/usr/sbin/nginx', '-v'),
    packages: ['nginx-light'],
    onlyInCi: true,
  },
  {
    name: 'Caddy',
    for: 'the tests of its configuration for hosting',
    installed: () => runs('caddy', 'version'),
    packages: ['caddy'],
    onlyInCi: true,
  },
];

/**
 * Installs what is missing from Debian's packages, where that needs no password.
 *
 * @param all also what a continuous integration run tests with, and a developer may go without
 * @returns a line for each program that is still missing, with what is skipped
 * @throws Error with one line that says what to install, where tests cannot do without it
 */
export function prepareTools(all: boolean): string[] {
  const wanted = () => tools.filter((tool) => !tool.installed() && (all || !tool.onlyInCi));
  // By themselves: what a system does not have must not keep it from what it has.
  for (const missing of [wanted().filter((tool) => tool.onlyFaster), wanted().filter((tool) => !tool.onlyFaster)])
    if (missing.length > 0) install(missing);
  const still = tools.filter((tool) => !tool.installed() && !tool.onlyFaster);
  const needed = still.find((tool) => tool.needed);
  if (needed)
    throw new Error(`The tests need ${needed.name}: install it, or set CHROME_PATH to it. Nothing was tested.`);
  return still.map(
    (tool) => `Skipped: ${tool.for}, since ${tool.name} is not installed (Debian: ${tool.packages.join(', ')}).`,
  );
}

function install(missing: readonly Tool[]): void {
  const root = process.getuid?.() === 0;
  const apt = runs('apt-get', '--version');
  const sudo = !root && spawnSync('sudo', ['-n', 'true']).status === 0;
  if (!apt || !(root || sudo)) return;
  const packages = missing.flatMap((tool) => tool.packages);
  const run = (...words: string[]) =>
    execFileSync(root ? (words[0] as string) : 'sudo', root ? words.slice(1) : words, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  console.log(`Installing for the tests, from Debian's packages: ${packages.join(', ')}.`);
  try {
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
  } catch {
    console.error('That failed; what is still missing is told at the end.');
  }
}
