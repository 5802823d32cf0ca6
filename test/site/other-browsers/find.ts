/** Where Firefox and WebKit's driver are installed. */

import { globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runnable } from '../../../src/cli/find-browser.ts';

function inPath(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(runnable);
}

/** Path of an installed Firefox; FIREFOX_PATH comes first. */
export function findFirefox(): string | undefined {
  const given = process.env['FIREFOX_PATH'];
  return given && runnable(given)
    ? given
    : (inPath('firefox-esr', 'firefox') ??
        ['/Applications/Firefox.app/Contents/MacOS/firefox'].find((path) => runnable(path)));
}

export interface WebKit {
  driver: string;
  /** The small browser that the driver starts. */
  browser: string;
  /** A display that nobody sees. */
  display: string;
}

/** WebKitGTK's driver with its browser and a virtual display: the engine of Safari, as Debian has it. */
export function findWebKit(): WebKit | undefined {
  const driver = inPath('WebKitWebDriver');
  const display = inPath('Xvfb');
  const [browser] = globSync('/usr/lib{,/*}/webkit2gtk-4.*/MiniBrowser').filter(runnable).sort().reverse();
  return driver && browser && display ? { driver, browser, display } : undefined;
}
