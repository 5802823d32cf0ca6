import { defineConfig } from '@playwright/test';
import { findBrowser, headlessShell } from './src/cli/find-browser.ts';

const port = Number(process.env['FIREBREAK_TEST_PORT'] ?? 4871);
const executablePath = findBrowser(process.env, [headlessShell]);

/** The site is built once, under a sub-path as it may be hosted, and tested in an installed Chrome or Chromium. */
export default defineConfig({
  testDir: 'test/site',
  testMatch: '*.spec.ts',
  workers: 2,
  fullyParallel: true,
  // Far above what anything takes: a busy machine is no fault of the plan. Budgets of time are measured in bench/.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    // A copy of the whole site in every test would be thousands of requests; offline.spec.ts allows it.
    serviceWorkers: 'block',
    baseURL: `http://localhost:${port}/plan/`,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node scripts/firebreak.js start --base /plan/ --out .firebreak/test-site --port ${port}`,
    url: `http://localhost:${port}/plan/`,
    timeout: 300_000,
    reuseExistingServer: false,
  },
});
