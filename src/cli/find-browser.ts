import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'chrome',
];
const places: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => [
    join(process.env[variable] ?? '', 'Google/Chrome/Application/chrome.exe'),
    join(process.env[variable] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
  ]),
};

/** Chromium without windows, as Debian calls it: the same engine, which starts and draws with less than half of the work. */
export const headlessShell = 'chromium-headless-shell';

/**
 * The path of an installed Chrome, Chromium or Edge; CHROME_PATH comes first. Undefined when there is none.
 *
 * @param env where PATH and CHROME_PATH are looked up
 * @param preferred names of programs that come before the others of the same folder
 */
export function findBrowser(
  env: Readonly<Record<string, string | undefined>> = process.env,
  preferred: readonly string[] = [],
): string | undefined {
  const inPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => [...preferred, ...names].map((name) => join(folder, name)));
  return [env['CHROME_PATH'], ...inPath, ...(places[process.platform] ?? [])].find((path) => path && runnable(path));
}

/** Whether a path is a program that may be started. */
export function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
