import { execFileSync, spawnSync } from 'node:child_process';
import { findBrowser } from '../src/cli/find-browser.ts';

/**
 * A browser for the tests: the installed one, or Debian's chromium, which is installed where that needs no question.
 *
 * @throws Error with one line that says what to install
 */
export function requireBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  const root = process.getuid?.() === 0;
  const apt = spawnSync('apt-get', ['--version']).status === 0;
  const sudo = !root && spawnSync('sudo', ['-n', 'true']).status === 0;
  if (apt && (root || sudo)) {
    const run = (...words: string[]) =>
      execFileSync(root ? (words[0] as string) : 'sudo', root ? words.slice(1) : words, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    console.log('No Chrome or Chromium found: installing the Debian package chromium.');
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium');
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error('The browser tests need Google Chrome or Chromium: install one, or set CHROME_PATH to it.');
}
