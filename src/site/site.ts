/** What pages are made from: the plan in memory, and the functions that turn it into addresses and HTML. */

import { type Assurance, assuranceOf } from '../audit/assurance.ts';
import { type Coverage, coverageOf } from '../audit/coverage.ts';
import { createRenderer, type Renderer } from '../compile/render.ts';
import type { AppliedChanges } from '../history/applied-changes.ts';
import { nothingToTell, type ToldHistory } from '../history/read-history.ts';
import { type InterfaceText, interfaceText } from '../model/interface-text.ts';
import type { Plan } from '../model/plan.ts';
import type { Change } from '../model/schema-types.ts';
import { confirmationIn, placeOnSite, sentenceOf } from '../proposals/sentence.ts';
import { createAddresses, type SiteAddresses } from './addresses.ts';
import { type Page, pagesOf } from './pages.ts';

export interface Site {
  plan: Plan;
  addresses: SiteAddresses;
  renderer: Renderer;
  text: InterfaceText;
  /** A change that a lesson asks for: in words, what confirms it, and the address of what it is about. */
  change: (change: Change) => { sentence: string; confirmed: string | undefined; address: string | undefined };
  pages: readonly Page[];
  /** Folder of the plan in its repository: `content`. */
  folder: string;
  history: ToldHistory;
  /** Since when the changes of lessons are in the plan. */
  applied: AppliedChanges;
  assurance: Assurance;
  readonly coverage: Coverage;
  /** The plan is edited while this is served: no page of it is kept for a later build. */
  edited?: true;
}

/** A site of a plan under a base path such as `/` or `/plan/`. */
export function createSite(
  plan: Plan,
  base: string,
  folder = 'content',
  history = nothingToTell,
  applied: AppliedChanges = new Map(),
  assurance = assuranceOf({ plan, history, differences: history.differences }, new Map()),
): Site {
  const addresses = createAddresses(base);
  // Worked out from the whole plan, for the pages of coverage alone.
  let known: Coverage | undefined;
  const coverage = () => {
    known ??= coverageOf(plan, assurance);
    return known;
  };
  return {
    plan,
    addresses,
    renderer: createRenderer(plan, addresses),
    text: interfaceText(plan.settings.language),
    change: (change) => {
      const place = placeOnSite(change, plan);
      return {
        sentence: sentenceOf(change, plan),
        confirmed: change.confirmed && confirmationIn(plan, change.confirmed),
        address: place && addresses.document(place),
      };
    },
    pages: pagesOf(plan, history, applied, assurance, coverage),
    folder,
    history,
    applied,
    assurance,
    get coverage() {
      return coverage();
    },
  };
}

// Vite loads modules of pages apart from those of the integration, so the plan is handed over on the global object.
const key = Symbol.for('firebreak.site');

/** Makes a site the one that pages are drawn from. */
export function setSite(site: Site): void {
  (globalThis as Record<symbol, unknown>)[key] = site;
}

/** Lets go of it, once no page is drawn any more. */
export function forgetSite(): void {
  delete (globalThis as Record<symbol, unknown>)[key];
}

/** The site that pages are drawn from. */
export function currentSite(): Site {
  const site = (globalThis as Record<symbol, unknown>)[key] as Site | undefined;
  if (!site) throw new Error('The plan was not loaded: the firebreak integration is missing from astro.config.mjs.');
  return site;
}
