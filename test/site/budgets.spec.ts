/** Size is a feature: what a phone must load before a runbook can be read. */

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Response, test } from '@playwright/test';

const kilobyte = 1024;

for (const runbook of ['ransomware', 'unclassified-incident'])
  test(`the page of ${runbook} keeps to its budget`, async ({ page }) => {
    const sizes = { text: 0, script: 0 };
    const responses: Response[] = [];
    page.on('response', (response) => responses.push(response));
    await page.goto(`runbooks/${runbook}/`, { waitUntil: 'networkidle' });
    for (const response of responses) {
      const type = response.request().resourceType();
      if (type === 'document' || type === 'stylesheet') sizes.text += gzipSync(await response.body()).length;
      if (type === 'script') sizes.script += gzipSync(await response.body()).length;
    }
    expect(sizes.text).toBeGreaterThan(0);
    expect(sizes.text).toBeLessThanOrEqual(60 * kilobyte);
    expect(sizes.script).toBeLessThanOrEqual(20 * kilobyte);
  });

test('the page of every runbook keeps to its budget', () => {
  const site = '.firebreak/test-site';
  const gzipped = (path: string) => gzipSync(readFileSync(`${site}/${path}`)).length;
  const tooLarge = readdirSync(`${site}/runbooks`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = `runbooks/${name}/index.html`;
      const sheets = readFileSync(`${site}/${path}`, 'utf8').match(/(?<=href="\/plan\/)[^"]+\.css(?=")/g) ?? [];
      expect(sheets.length).toBeGreaterThan(0);
      const size = [path, ...sheets].reduce((sum, file) => sum + gzipped(file), 0);
      return size > 60 * kilobyte ? [`${name}: ${size}`] : [];
    });
  expect(tooLarge).toEqual([]);
});

test('no request leaves the origin, on any view', async ({ page, baseURL }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(baseURL ?? '').origin)) elsewhere.push(request.url());
  });
  for (const path of [
    '',
    'runbooks/ransomware/',
    'worksheets/priority/',
    'clocks/',
    'search/?q=ransom',
    'about/',
    'techniques/T1486/',
  ])
    await page.goto(path, { waitUntil: 'networkidle' });
  expect(elsewhere).toEqual([]);
});
