/** Every page of the site, in one table: where it is, how it is drawn, and what it shows. */

import type { Assurance } from '../audit/assurance.ts';
import { coverageRows } from '../audit/coverage/files.ts';
import type { Coverage } from '../audit/coverage.ts';
import type { AppliedChanges } from '../history/applied-changes.ts';
import type { ToldHistory } from '../history/read-history.ts';
import { nothingToTell } from '../history/read-history.ts';
import { differenceKey } from '../history/version-difference.ts';
import { kinds } from '../kinds/index.ts';
import { usualAudience } from '../model/audience.ts';
import type { Document, KindName } from '../model/document.ts';
import { askedChanges } from '../model/lesson-changes.ts';
import { documentsOf, isCurrent, type Plan, referrersOf } from '../model/plan.ts';
import { parseReference } from '../model/reference.ts';
import { answersToTechniques } from '../model/techniques.ts';
import { nameOfItem, upkeepOf } from '../model/upkeep.ts';
import { documentPath, historyPath } from './addresses.ts';
import {
  actionsOf,
  appliedIn,
  formerNames,
  headOf,
  keyOf,
  namedBy,
  reviewOf,
  shownBeside,
  shownBy,
  shownOf,
  wholeOf,
} from './page-keys.ts';

/** The key is worked out when it is asked for: nobody asks while a plan is edited. */
export type Page = { path: string; readonly cacheKey: string } & (
  | {
      view:
        | 'home'
        | 'search'
        | 'about'
        | 'coverage'
        | 'coverage-frameworks'
        | 'coverage-techniques'
        | 'coverage-runbooks'
        | 'library'
        | 'clocks'
        | 'choose'
        | 'work-backward'
        | 'incident'
        | 'write-lesson'
        | 'history'
        | 'assurance'
        | 'upkeep';
    }
  | { view: 'kind' | 'kind-history'; kind: KindName }
  | { view: 'document' | 'document-history'; document: Document }
  | { view: 'exercise-run' | 'exercise-screen'; document: Document<'exercise'> }
  /** Where a document was before it was renamed. */
  | { view: 'moved'; document: Document }
);

/** The pages of a plan, in a fixed order. */
export function pagesOf(
  plan: Plan,
  history = nothingToTell,
  applied: AppliedChanges = new Map(),
  assurance?: Assurance,
  coverage?: () => Coverage,
): Page[] {
  const all = [...plan.documents.values()];
  const headsOf = (documents: readonly Document[]) => documents.map((document) => headOf(document));
  const whole = (documents: readonly Document[]) => documents.map((document) => wholeOf(document));
  // Every page names the kinds that there are, in its navigation.
  const present = [...kinds.keys()].filter((kind) => all.some((document) => document.kind === kind));
  const key = (...shown: unknown[]) => keyOf(plan, [present, shown]);
  return [
    {
      path: '',
      view: 'home',
      get cacheKey() {
        return key(
          'home',
          headsOf(documentsOf(plan, 'runbook')),
          whole(documentsOf(plan, 'signal')),
          whole(documentsOf(plan, 'contact')),
          whole(documentsOf(plan, 'runbook').filter((runbook) => runbook.id === plan.settings.home.firstRunbook)),
          actionsOf(plan, plan.settings.home.firstRunbook),
        );
      },
    },
    {
      path: 'search/',
      view: 'search',
      get cacheKey() {
        return key('search');
      },
    },
    {
      path: 'incident/',
      view: 'incident',
      get cacheKey() {
        return key('incident', headsOf(documentsOf(plan, 'worksheet')));
      },
    },
    {
      path: 'write-lesson/',
      view: 'write-lesson',
      get cacheKey() {
        return key('write-lesson', headsOf(documentsOf(plan, 'worksheet')));
      },
    },
    {
      path: 'library/',
      view: 'library',
      get cacheKey() {
        return key('library', headsOf(all));
      },
    },
    {
      path: 'about/',
      view: 'about',
      get cacheKey() {
        return key('about', headsOf(all), all.map(reviewOf), whole(documentsOf(plan, 'role')));
      },
    },
    ...coveragePages(plan, key, coverage),
    ...clocksPages(plan, key),
    ...choosePages(plan, key),
    ...workBackwardPages(plan, key),
    ...[...kinds.values()]
      .filter((kind) => documentsOf(plan, kind.name).length > 0)
      .map(
        (kind): Page => ({
          path: `${kind.folder}/`,
          view: 'kind',
          kind: kind.name,
          get cacheKey() {
            return key(
              'kind',
              kind.name,
              whole(documentsOf(plan, kind.name)),
              documentsOf(plan, kind.name).map((document) => headsOf(referrersOf(plan, document))),
              kind.name === 'lesson' ? askedChanges(plan).map(({ change }) => change.of.split('#')[0]) : [],
              kind.name === 'lesson' ? [...applied] : [],
              documentsOf(plan, kind.name).map((document) => [
                headsOf(namedBy(plan, document)),
                shownBeside(plan, document),
              ]),
            );
          },
        }),
      ),
    ...exercisePages(plan, key),
    ...historyPages(plan, history, key),
    {
      path: 'assurance/',
      view: 'assurance',
      // It shows something of nearly every document, and how each stands.
      get cacheKey() {
        return key('assurance', headsOf(all), assurance && shownOf(assurance));
      },
    },
    ...upkeepPages(plan, key),
    ...all.map(
      (document): Page => ({
        path: documentPath(document),
        view: 'document',
        document,
        get cacheKey() {
          const newest = history.versions.get(`${document.kind}:${document.id}`)?.[0];
          return key(
            'document',
            shownBy(plan, document),
            formerNames(plan, document),
            appliedIn(document, applied),
            history.known,
            newest && [newest.commit, newest.subject],
          );
        },
      }),
    ),
    ...movedPages(plan, key),
  ];
}

/** Old addresses that lead on, so that links on paper and in tickets work. */
function movedPages(plan: Plan, key: (...shown: unknown[]) => string): Page[] {
  return [...plan.moved].flatMap(([before, now]): Page[] => {
    const former = parseReference(before);
    const document = plan.documents.get(now);
    if (!former || !document) return [];
    return [
      {
        path: documentPath(former),
        view: 'moved',
        document,
        get cacheKey() {
          return key('moved', headOf(document));
        },
      },
    ];
  });
}

/** Where an exercise is run, and what its players look at meanwhile. */
function exercisePages(plan: Plan, key: (...shown: unknown[]) => string): Page[] {
  return documentsOf(plan, 'exercise').flatMap((document): Page[] => [
    {
      path: `${documentPath(document)}run/`,
      view: 'exercise-run',
      document,
      get cacheKey() {
        return key('exercise-run', shownBy(plan, document));
      },
    },
    {
      path: `${documentPath(document)}screen/`,
      view: 'exercise-screen',
      document,
      get cacheKey() {
        return key('exercise-screen', shownBy(plan, document));
      },
    },
  ]);
}

/**
 * What was changed in the plan as a whole, in each document, and in the entries of each kind that have no page each. Where
 * git knows nothing, the first says so for all of them.
 */
function historyPages(plan: Plan, history: ToldHistory, key: (...shown: unknown[]) => string): Page[] {
  const versionsOf = (document: Document) => {
    const versions = history.versions.get(`${document.kind}:${document.id}`) ?? [];
    return [headOf(document), versions, versions.map((version) => history.differences.get(differenceKey(version)))];
  };
  const state = [history.known, history.uncommitted];
  const documents = [...plan.documents.values()];
  const ofPlan: Page = {
    path: 'history/',
    view: 'history',
    get cacheKey() {
      return key('history', state, history.changes, documents.map(headOf));
    },
  };
  if (history.known === 'nothing') return [ofPlan];
  return [
    ofPlan,
    ...[...kinds.values()]
      .map((kind) => ({ kind, documents: documentsOf(plan, kind.name) }))
      .filter(({ kind, documents: own }) => kind.body === 'none' && own.length > 0)
      .map(
        ({ kind, documents: own }): Page => ({
          path: `history/${kind.folder}/`,
          view: 'kind-history',
          kind: kind.name,
          get cacheKey() {
            return key('kind-history', kind.name, state, own.map(versionsOf));
          },
        }),
      ),
    ...documents
      .filter(({ kind }) => kinds.get(kind)?.body !== 'none')
      .map(
        (document): Page => ({
          path: historyPath(document),
          view: 'document-history',
          document,
          get cacheKey() {
            return key('document-history', state, versionsOf(document));
          },
        }),
      ),
  ];
}

/** The page of upkeep, which only those who keep the plan have: what is neglected is nobody else's business. */
function upkeepPages(plan: Plan, key: (...shown: unknown[]) => string): Page[] {
  if ((plan.audience?.id ?? usualAudience) !== usualAudience) return [];
  return [
    {
      path: 'upkeep/',
      view: 'upkeep',
      get cacheKey() {
        const shown = upkeepOf(plan).map(({ document, place: _, ...item }) => [
          item,
          nameOfItem({ ...item, ...(document ? { document } : {}) }),
          document && headOf(document),
        ]);
        return key('upkeep', shown, documentsOf(plan, 'role').map(headOf));
      },
    },
  ];
}

/** The page of clocks, where there is a duty to work out. */
function clocksPages(plan: Plan, key: (...shown: unknown[]) => string): Page[] {
  const notifications = documentsOf(plan, 'notification').filter((notification) => isCurrent(notification));
  if (notifications.length === 0) return [];
  const beside = [...documentsOf(plan, 'message'), ...documentsOf(plan, 'role')];
  const worksheets = documentsOf(plan, 'worksheet').filter(({ data }) => data.helper === 'clocks');
  return [
    {
      path: 'clocks/',
      view: 'clocks',
      get cacheKey() {
        return key('clocks', [notifications.map(wholeOf), [...beside, ...worksheets].map(headOf)]);
      },
    },
  ];
}

/** The chooser, where there are signs to choose by. Of a runbook it shows what tells it apart, and none of its steps. */
function choosePages(plan: Plan, key: (...shown: unknown[]) => string): Page[] {
  const signals = documentsOf(plan, 'signal').filter((signal) => isCurrent(signal));
  const runbooks = documentsOf(plan, 'runbook').filter((runbook) => isCurrent(runbook));
  if (signals.length === 0 || runbooks.length === 0) return [];
  const shown = runbooks.map(({ id, data }) => {
    const { title, code, summary, criticality, impact, signals: named, confirmWith, notThisIf, mistakenFor } = data;
    return [id, title, code, summary, criticality, impact, named, confirmWith, notThisIf, mistakenFor];
  });
  return [
    {
      path: 'choose/',
      view: 'choose',
      get cacheKey() {
        return key('choose', signals.map(wholeOf), shown);
      },
    },
  ];
}

/** Working backward, where there are techniques to work with. */
function workBackwardPages(plan: Plan, key: (...shown: unknown[]) => string): Page[] {
  const techniques = documentsOf(plan, 'technique');
  if (techniques.length === 0) return [];
  return [
    {
      path: 'work-backward/',
      view: 'work-backward',
      get cacheKey() {
        const answers = [...answersToTechniques(plan)].map(([technique, { actions, steps, runbooks }]) => [
          technique,
          actions.map(headOf),
          runbooks.map(headOf),
          steps.map(({ runbook, steps: named }) => [runbook.id, named.map((step) => [step.id, step.number])]),
        ]);
        return key('work-backward', [[...techniques, ...documentsOf(plan, 'signal')].map(wholeOf), answers]);
      },
    },
  ];
}

/** What the plan covers, as a whole and in its parts; a part of which the plan has nothing has no page. */
function coveragePages(plan: Plan, key: (...shown: unknown[]) => string, coverage?: () => Coverage): Page[] {
  // They name something of nearly every document.
  const shown = () => [coverage && coverageRows(coverage()), [...plan.documents.values()].map(headOf)];
  const parts = [
    ['coverage-frameworks', 'control'],
    ['coverage-techniques', 'technique'],
    ['coverage-runbooks', 'runbook'],
  ] as const;
  return [
    {
      path: 'coverage/',
      view: 'coverage',
      get cacheKey() {
        return key('coverage', shown());
      },
    },
    ...parts
      .filter(([, kind]) => documentsOf(plan, kind).some((document) => isCurrent(document)))
      .map(
        ([view]): Page => ({
          path: `${view.replace('-', '/')}/`,
          view,
          get cacheKey() {
            return key(view, shown());
          },
        }),
      ),
  ];
}
