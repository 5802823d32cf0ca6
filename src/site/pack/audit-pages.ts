/** The pages of an audit pack: assurance and coverage as the site draws them, and the change log, each one file. */
import type { Element, ElementContent } from 'hast';
import { select } from 'hast-util-select';
import { h } from 'hastscript';
import { conditions, type OpenPoint } from '../../audit/open-points.ts';
import { type ChangeLog, type LoggedDocument, loggedName, periodInWords } from '../../history/change-log.ts';
import { nameOf, settingsOf } from '../../history/document-history.ts';
import type { ToldHistory } from '../../history/read-history.ts';
import { type ShownVersion, shownVersion } from '../../history/shown-version.ts';
import type { Version } from '../../history/version.ts';
import { assuranceText } from '../../model/assurance-text.ts';
import type { Document } from '../../model/document.ts';
import { historyText } from '../../model/history-text.ts';
import type { Plan } from '../../model/plan.ts';
import type { AuditReport } from '../../model/schema-types.ts';
import { versionPath, versionPrefix } from '../addresses.ts';
import type { SitePage } from '../paper/compose.ts';
import { versionLine } from '../stamp.ts';
import type { BuiltSite } from './built-site.ts';
import { pageIn, type ReportFrame, settled, wholeDocument } from './report-page.ts';

export interface AuditPagesSource {
  site: BuiltSite;
  plan: Plan;
  version: Version;
  history: ToldHistory;
  log: ChangeLog;
  openPoints: readonly OpenPoint[];
  report: AuditReport;
  /** Folder of the plan in its repository. */
  folder: string;
}

/** Pages of coverage by the name of their file. */
const coverage = {
  frameworks: 'coverage-frameworks',
  techniques: 'coverage-techniques',
  runbooks: 'coverage-runbooks',
};

/** The pages by the names of their files. */
export function auditPages(source: AuditPagesSource): Map<string, string> {
  // Versions that the report names stand at its end.
  const cited = new Set<string>();
  const known = versionAddresses(source.plan, source.history);
  const pages = new Map([
    ['report.html', reportPage(source, known, cited)],
    ['change-log.html', changeLogPage(source)],
  ]);
  const versionOf = (path: string) => {
    const anchor = known.get(path);
    return anchor && cited.has(anchor) ? `report.html#${anchor}` : undefined;
  };
  for (const [part, name] of Object.entries(coverage)) {
    const path = `coverage/${part}/`;
    if (source.site.files.has(`${path}index.html`)) pages.set(`${name}.html`, coveragePage(source, path, versionOf));
  }
  return pages;
}

/** @param versionOf where the pack shows a version, by where the site does */
function frameOf(
  { plan, version, report }: AuditPagesSource,
  versionOf: (path: string) => string | undefined,
): ReportFrame {
  const words = assuranceText(plan.settings.language);
  return {
    day: report.day,
    version: versionLine(plan, version),
    dayInWords: words.report.dayMeans(report.day),
    overdueInWords: words.report.overdue,
    addressOf: (path) => versionOf(path) ?? addressInPack(path),
  };
}

function addressInPack(path: string): string | undefined {
  if (path === 'manifest.json') return path;
  if (path === 'history/') return 'change-log.html';
  const [, part, file] = /^coverage\/(?:(\w+)\/|(\w+\.csv))?$/.exec(path) ?? [];
  if (file) return `tables/coverage-${file}`;
  if (part && Object.hasOwn(coverage, part)) return `coverage-${part}.html`;
  return path === 'coverage/' ? 'coverage-frameworks.html' : undefined;
}

/** Where a version is shown in this file, by where the site shows it. */
function versionAddresses(plan: Plan, history: ToldHistory): Map<string, string> {
  return new Map(
    documentsOf(plan).flatMap((document) =>
      (history.versions.get(nameOf(document)) ?? []).map(
        ({ commit }) => [versionPath(document, commit), anchorOf(document, commit)] as const,
      ),
    ),
  );
}

const documentsOf = (plan: Plan): Document[] => [settingsOf(plan), ...plan.documents.values()];
const anchorOf = (document: Document, commit: string) => `${versionPrefix(document)}v-${commit.slice(0, 8)}`;

/** @param cited gets the versions that it names */
function reportPage(source: AuditPagesSource, known: ReadonlyMap<string, string>, cited: Set<string>): string {
  const { plan, site, history, folder } = source;
  const words = assuranceText(plan.settings.language);
  const page = pageIn(site, 'assurance/');
  const versionOf = (path: string) => {
    const anchor = known.get(path);
    if (anchor) cited.add(anchor);
    return anchor && `#${anchor}`;
  };
  const children = settled(page, site, frameOf(source, versionOf));
  const glance = children.findIndex((child) => child.type === 'element' && Boolean(select('#glance', child)));
  children.splice(glance + 1, 0, openPointsSection(source), releasesSection(source));
  const named: LoggedDocument[] = documentsOf(plan).flatMap((document) => {
    const versions = (history.versions.get(nameOf(document)) ?? [])
      .filter(({ commit }) => cited.has(anchorOf(document, commit)))
      .map((version) => shownVersion(plan, folder, history.differences, version));
    return versions.length > 0 ? [{ document, versions }] : [];
  });
  if (named.length > 0)
    children.push(
      h('section.doc-part', [
        h('h2', words.report.versions),
        h('p.quiet', words.report.versionsWhy),
        ...named.flatMap((logged) => documentVersions(plan, logged, 'h3')),
      ]),
    );
  const facts = select('.facts', h('div', children));
  facts?.children.push(
    h('dt', words.report.day),
    h('dd', source.report.day),
    h('dt', words.report.period),
    ...periodInWords(plan, source.log).map((line) => h('dd', line)),
  );
  return document(source, words.report.title(source.report.day), [page, pageIn(site, 'history/')], children);
}

function coveragePage(source: AuditPagesSource, path: string, versionOf: (path: string) => string | undefined): string {
  const page = pageIn(source.site, path);
  const children = settled(page, source.site, frameOf(source, versionOf));
  return document(source, page.title, [page], children);
}

function changeLogPage(source: AuditPagesSource): string {
  const { plan, site, log } = source;
  const words = historyText(plan.settings.language);
  const { removed } = log;
  const children = [
    h('header.page-head', [
      h('h1', words.log.title(plan.settings.title)),
      ...periodInWords(plan, log).map((line) => h('p', line)),
    ]),
    ...(log.documents.length === 0 && log.known !== 'nothing' ? [h('p', words.log.nothing)] : []),
    ...log.documents.map((logged) => h('section.history-entry', documentVersions(plan, logged, 'h2'))),
    ...(removed === undefined || removed.length > 0
      ? [
          h('section.history-entry', [
            h('h2', words.log.removed),
            removed === undefined
              ? h('p', words.log.removedUntold)
              : h(
                  'ul',
                  removed.map(({ path, at, authors, subject, commit }) =>
                    h(
                      'li',
                      words.log.removedBy(
                        path,
                        at.slice(0, 10),
                        authors.map(({ name }) => name).join(', '),
                        subject,
                        commit.slice(0, 8),
                      ),
                    ),
                  ),
                ),
          ]),
        ]
      : []),
  ];
  const page = pageIn(site, 'history/');
  return document(source, words.log.title(plan.settings.title), [page], children);
}

/** A page of the pack, with the version at its foot. */
function document(
  { site, plan, version, report }: AuditPagesSource,
  title: string,
  pages: readonly SitePage[],
  children: ElementContent[],
): string {
  const words = assuranceText(plan.settings.language);
  const foot = h('footer.document-end', [
    h('p.quiet.small', `${versionLine(plan, version)}. ${words.report.writtenOn(report.day, report.engine)}`),
  ]);
  const sheets = pages.flatMap((page) => page.sheets);
  return wholeDocument(site, title, sheets, pages[0]?.className ?? [], [...children, foot]);
}

function openPointsSection({ plan, openPoints, report }: AuditPagesSource): Element {
  const words = assuranceText(plan.settings.language);
  if (openPoints.length === 0)
    return h('section.doc-part', { id: 'open-points' }, [
      h('h2', words.open.title),
      h('p', (report.leftOut > 0 ? words.open.noneTold : words.open.none)(report.day)),
    ]);
  const groups = conditions.flatMap((condition) => {
    const points = openPoints.filter((point) => point.condition === condition);
    return points.length > 0 ? [{ condition, points }] : [];
  });
  return h('section.doc-part', { id: 'open-points' }, [
    h('h2', words.open.title),
    h('p.quiet', words.open.why(report.day)),
    ...groups.map(({ condition, points }) =>
      h('details.fold', { open: points.length <= 12 }, [
        h('summary', `${words.conditions[condition]}: ${points.length}`),
        h('table.stack.list', { role: 'table', ariaLabel: words.conditions[condition] }, [
          h('thead', { role: 'rowgroup' }, [tableRow('th', [words.document, words.open.what])]),
          h(
            'tbody',
            { role: 'rowgroup' },
            points.map(({ document: of, what }) => tableRow('td', [of.data.title, what])),
          ),
        ]),
      ]),
    ),
  ]);
}

function releasesSection({ plan, report }: AuditPagesSource): Element {
  const words = assuranceText(plan.settings.language).releases;
  return h('section.doc-part', { id: 'releases' }, [
    h('h2', words.title),
    h('p.quiet', words.why),
    ...(report.releases.length === 0
      ? [h('p', words.none)]
      : [
          h('table.stack.list', { role: 'table', ariaLabel: words.title }, [
            h('thead', { role: 'rowgroup' }, [tableRow('th', [words.tag, words.on, words.commit, words.signature])]),
            h(
              'tbody',
              { role: 'rowgroup' },
              report.releases.map(({ tag, subject, on, commit, signature, signer }) =>
                tableRow('td', [
                  subject && subject !== tag ? `${tag}: ${subject}` : tag,
                  on,
                  commit.slice(0, 8),
                  words.by(words.states[signature], signer),
                ]),
              ),
            ),
          ]),
        ]),
  ]);
}

function tableRow(cell: 'th' | 'td', texts: readonly string[]): Element {
  const attributes = (index: number) =>
    cell === 'th'
      ? { role: 'columnheader', scope: 'col' }
      : { role: 'cell', ...(index === 0 ? { className: ['stack-title'] } : {}) };
  return h(
    'tr',
    { role: 'row' },
    texts.map((text, index) => h(cell, attributes(index), text)),
  );
}

function documentVersions(plan: Plan, { document: of, versions }: LoggedDocument, heading: 'h2' | 'h3'): Element[] {
  return [
    h(heading, loggedName(plan, of)),
    h(
      'ol.versions',
      versions.map((shown) => versionItem(plan, of, shown)),
    ),
  ];
}

/** As `components/Versions.astro` draws it. */
function versionItem(plan: Plan, of: Document, shown: ShownVersion): Element {
  const words = historyText(plan.settings.language);
  const { version, id, day, who, paragraphs, lines, more, links, approvedBy } = shown;
  const lessons = version.lessons.map((name) => plan.documents.get(`lesson:${name}`)?.data.title ?? name);
  return h('li.version', { id: anchorOf(of, version.commit) }, [
    h('p.version-head', [h('time', { dateTime: version.at }, day), ' ', h('span.version-by', who)]),
    h('p.version-why', version.subject),
    ...paragraphs.map((paragraph) => h('p.version-more', paragraph)),
    ...(lines.length > 0
      ? [
          h('ul.version-what', [
            ...lines.map((line) => h('li', line)),
            ...(more > 0 ? [h('li.quiet', words.more(more))] : []),
          ]),
        ]
      : []),
    ...(lessons.length > 0 ? [h('p.version-more', `${words.lesson} ${lessons.join(', ')}`)] : []),
    ...approvedBy.map((line) => h('p.version-more', line)),
    h('p.version-links', [
      h('span.version-id', words.commit(id)),
      ...links.map(({ href, title }) => h('a', { href, rel: 'noreferrer' }, title)),
    ]),
  ]);
}
