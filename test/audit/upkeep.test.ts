import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { byOwner } from '../../src/audit/upkeep.ts';
import { forAudience } from '../../src/compile/audience.ts';
import { nothingToTell } from '../../src/history/read-history.ts';
import type { Plan } from '../../src/model/plan.ts';
import { upkeepKinds, upkeepOf } from '../../src/model/upkeep.ts';
import { pagesOf } from '../../src/site/pages.ts';
import { upkeepFiles } from '../../src/site/upkeep-files.ts';
import { compiledWith, minimal } from '../fixture-plan.ts';

const settings = `${readFileSync(join(minimal, 'plan.yaml'), 'utf8')}upkeep: {mention: [{role: responder, accounts: [a-example]}], checkNotifications: 1 month}
audiences: [{id: public, name: Public, labels: [internal], tlp: AMBER}]
`;

async function wholePlan(): Promise<Plan> {
  const lesson = readFileSync(join(minimal, 'lessons/first-exercise.yaml'), 'utf8');
  const items = 'actionItems:\n  - {id: buy-cards, what: Cards., type: budget, owner: responder, due: 2026-12-01}\n';
  const { plan } = await compiledWith({ 'plan.yaml': settings, 'lessons/first-exercise.yaml': lesson + items });
  return plan as Plan;
}

test('what has no owner comes last, under words that say so', async () => {
  const plan = await wholePlan();
  expect(byOwner(plan, upkeepOf(plan)).map(({ owner, name, items }) => [owner, name, items.length])).toEqual([
    ['responder', 'Responder', 1],
    [undefined, 'Nobody is named', 1],
  ]);
});

test('the team alone has the page and its files, and no account of anybody leaves the team', async () => {
  const plan = await wholePlan();
  const filesOf = (of: Plan) => [...upkeepFiles({ plan: of, pages: pagesOf(of), history: nothingToTell }).keys()];
  expect(filesOf(forAudience(plan, 'internal'))).toEqual(['upkeep/everything.ics', 'upkeep/responder.ics']);
  const others = forAudience(plan, 'public');
  expect(filesOf(others)).toEqual([]);
  // How often is what the assurance page counts by.
  expect(others.settings.upkeep).toEqual({ checkNotifications: '1 month' });
});

test('the same version of a plan gives the same bytes, and its page is drawn again when a day moves', async () => {
  const plan = await wholePlan();
  const site = { plan, pages: pagesOf(plan), history: nothingToTell };
  expect([...upkeepFiles(site)]).toEqual([...upkeepFiles(site)]);
  const keyOf = (of: Plan) => pagesOf(of).find(({ view }) => view === 'upkeep')?.cacheKey;
  const { plan: later } = await compiledWith({
    'plan.yaml': settings,
    'notifications/authority.yaml': readFileSync(join(minimal, 'notifications/authority.yaml'), 'utf8').replace(
      'checkedOn: "2026-11-24"',
      'checkedOn: "2026-11-23"',
    ),
  });
  expect(keyOf(plan)).toBe(keyOf(await wholePlan()));
  expect(keyOf(later as Plan)).not.toBe(keyOf(plan));
});

test('the page can be narrowed to every kind', () => {
  const sheet = readFileSync(new URL('../../src/site/styles/upkeep.css', import.meta.url), 'utf8');
  for (const kind of upkeepKinds) {
    expect(sheet).toContain(`:has(#only-${kind}:checked) .upkeep-owner tr[data-kind]:not([data-kind="${kind}"])`);
    expect(sheet).toContain(`:has(#only-${kind}:checked) .upkeep-owner:not(:has([data-kind="${kind}"]))`);
  }
});
