/** axe on every kind of view, light and dark, on a desktop and a phone. */

import { expect, test } from '@playwright/test';
import { faultsOf } from './faults.ts';

const views = {
  home: '',
  runbook: 'runbooks/phishing/',
  phase: 'phases/containment/',
  action: 'actions/isolate-host/',
  signal: 'signals/ransom-note/',
  role: 'roles/incident-commander/',
  contact: 'contacts/security-on-call/',
  message: 'messages/staff-notice/',
  worksheet: 'worksheets/priority/',
  'worksheet with rows': 'worksheets/chain-of-custody/',
  notification: 'notifications/gdpr-authority/',
  resource: 'resources/jump-kit/',
  training: 'training/command-basics/',
  exercise: 'exercises/ransomware-friday-night/',
  lesson: 'lessons/every-region-first/',
  control: 'controls/ir-8/',
  technique: 'techniques/T1486/',
  page: 'pages/scope-and-policy/',
  runbooks: 'runbooks/',
  techniques: 'techniques/',
  glossary: 'terms/',
  library: 'library/',
  about: 'about/',
  coverage: 'coverage/',
  upkeep: 'upkeep/',
  clocks: 'clocks/',
  'work backward': 'work-backward/',
  search: 'search/?q=encrypted+files',
  help: 'help/printing/',
};
// What has colours or controls of its own is looked at in the dark too, and on a phone.
const inTheDark = new Set([
  'home',
  'runbook',
  'action',
  'worksheet',
  'technique',
  'contact',
  'search',
  'about',
  'clocks',
]);

for (const [name, path] of Object.entries(views))
  for (const colorScheme of inTheDark.has(name) ? (['light', 'dark'] as const) : (['light'] as const))
    test(`${name}, ${colorScheme}`, async ({ browser, baseURL }) => {
      // A runbook is a long page: axe looks at every text of it.
      test.setTimeout(120_000);
      const context = await browser.newContext({
        colorScheme,
        ...(baseURL ? { baseURL } : {}),
        viewport: colorScheme === 'dark' ? { width: 390, height: 844 } : { width: 1280, height: 900 },
      });
      const page = await context.newPage();
      await page.goto(path, { waitUntil: 'networkidle' });
      expect(await faultsOf(page)).toEqual([]);
      // The page itself never scrolls sideways: what is wide scrolls in its own box.
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBeLessThanOrEqual(0);
      await context.close();
    });
