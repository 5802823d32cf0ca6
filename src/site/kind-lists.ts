/**
 * What the page of a kind lists: a dense table made for that kind, in the order in which somebody looks for it. A kind
 * that is not named here gets titles and summaries, so that a new kind needs no list of its own.
 */

import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Document, KindName } from '../model/document.ts';
import { documentOf, documentsOf, isCurrent, phasesOf, referrersOf } from '../model/plan.ts';
import { priorityOf } from '../model/priority.ts';
import type { ContactData, TechniqueData } from '../model/schema-types.ts';
import { runbooksConfirmedBy } from '../model/signals.ts';
import { usesOfAction } from '../model/steps.ts';
import type { Site } from './site.ts';

/** A column: its heading, and the HTML of a cell. The first column names the document. */
interface Column<K extends KindName> {
  heading: string;
  cell: (document: Document<K>) => string;
}

/** Rows under one heading; without a title where the kind has no groups. */
interface Group {
  title?: string;
  rows: { id: string; cells: string[] }[];
}

export interface KindList {
  headings: string[];
  groups: Group[];
}

/** The list of a kind. Retired documents stand at its end, under a heading that says so. */
export function kindList(site: Site, kind: KindName): KindList {
  const layouts = layoutsFor(site);
  const layout = (layouts[kind] ?? { columns: [named(site)] }) as Layout<KindName>;
  const all = documentsOf(site.plan, kind);
  const documents = layout.sort ? layout.sort(all) : [...all].sort(byTitle);
  const current = documents.filter((document) => isCurrent(document));
  const retired = documents.filter((document) => !isCurrent(document));
  const groups = layout.groups?.(current) ?? [{ documents: current }];
  const rows = (of: readonly Document[]) =>
    of.map((document) => ({ id: document.id, cells: layout.columns.map((column) => column.cell(document)) }));
  return {
    headings: layout.columns.map((column) => column.heading),
    groups: [...groups, { title: site.text.statusOf.retired, documents: retired }]
      .filter((group) => group.documents.length > 0)
      .map(({ title, documents: of }) => ({ ...(title === undefined ? {} : { title }), rows: rows(of) })),
  };
}

interface Layout<K extends KindName> {
  columns: Column<K>[];
  sort?: (documents: Document<K>[]) => Document<K>[];
  groups?: (documents: Document<K>[]) => { title?: string; documents: Document<K>[] }[];
}

const byTitle = (a: Document, b: Document) => compare(a.data.title, b.data.title);
/** Code points after lower case, so that the order is the same on every machine. */
const compare = (a: string, b: string) => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
};

function named(site: Site, { summary = true }: { summary?: boolean } = {}): Column<KindName> {
  return {
    heading: site.text.view.title,
    cell: (document) => {
      const data = document.data as { title: string; summary?: string; status?: string; unapproved?: object };
      return [
        html(link(site, document, h('span.list-title', data.title))),
        data.unapproved ? html(h('span.tag', site.text.view.unapproved)) : '',
        data.status === 'draft' ? html(h('span.tag', site.text.statusOf.draft)) : '',
        summary && data.summary
          ? `<span class="list-summary">${site.renderer.inline(data.summary, document)}</span>`
          : '',
      ].join(' ');
    },
  };
}

function layoutsFor(site: Site): { [K in KindName]?: Layout<K> } {
  const { plan, text, renderer, addresses } = site;
  const { view } = text;
  const titleOnly = named(site, { summary: false });
  const titled = named(site);
  const roles = (ids: readonly string[] | undefined) =>
    html(
      ...commas(
        (ids ?? []).map((id) => {
          const role = documentOf(plan, 'role', id);
          return role ? link(site, role, role.data.title) : id;
        }),
      ),
    );
  const codes = (runbooks: readonly Document<'runbook'>[]) =>
    html(
      ...spaced(
        runbooks
          .filter((runbook) => isCurrent(runbook))
          .map((runbook) =>
            h(
              'a.spoken',
              { href: addresses.document(`runbook:${runbook.id}`), title: runbook.data.title },
              runbook.data.code,
            ),
          ),
      ),
    );
  const channels = (contact: ContactData) => {
    // What still works when the organisation's own network is lost comes first.
    const best = contact.channels.find((channel) => channel.outOfBand) ?? contact.channels[0];
    return best ? html(channel(best), best.outOfBand ? '' : h('span.list-summary', text.onlyInBand)) : '';
  };
  const priority = ({ data }: Document<'runbook'>) => priorityOf(plan.settings.priority, data.criticality, data.impact);
  const rank = (runbook: Document<'runbook'>) =>
    plan.settings.priority.levels.findIndex((level) => level.id === priority(runbook)?.id);

  return {
    phase: { columns: [titled], sort: () => phasesOf(plan) },
    runbook: {
      columns: [
        { heading: view.code, cell: ({ data }) => html(h('span.spoken', data.code)) },
        titled,
        { heading: text.priority, cell: (runbook) => html(priority(runbook)?.name ?? '') },
      ],
      sort: (runbooks) => runbooks.sort((a, b) => rank(a) - rank(b) || byTitle(a, b)),
    },
    action: {
      columns: [
        titleOnly,
        { heading: view.does, cell: ({ data }) => roles([data.role]) },
        {
          heading: view.usedInRunbooks,
          cell: (action) => codes(usesOfAction(plan, action.id).map(({ runbook }) => runbook)),
        },
      ],
    },
    signal: {
      columns: [
        titleOnly,
        {
          heading: view.speaksFor,
          cell: (signal) =>
            html(
              ...commas(runbooksConfirmedBy(plan, signal.id).map((runbook) => link(site, runbook, runbook.data.title))),
            ),
        },
      ],
      groups: (signals) =>
        plan.settings.signalGroups.map(({ id, name }) => ({
          title: name,
          documents: signals.filter((signal) => signal.data.group === id),
        })),
    },
    role: {
      columns: [
        titled,
        {
          heading: view.reach,
          cell: (role) => {
            const contact = referrersOf(plan, role, 'contact').find((other) => other.data.roles?.includes(role.id));
            return contact ? channels(contact.data) : html(text.roleNone);
          },
        },
      ],
    },
    contact: {
      columns: [
        titleOnly,
        {
          heading: view.roleOrOrganisation,
          cell: ({ data }) => (data.organisation ? html(data.organisation) : roles(data.roles)),
        },
        {
          heading: view.channelsShort,
          cell: ({ data }) =>
            html(
              h(
                'ul.list-channels',
                data.channels.map((one) =>
                  h('li', [channel(one), ...(one.outOfBand ? [' ', h('span.tag', text.outOfBand)] : [])]),
                ),
              ),
            ),
        },
        { heading: text.available, cell: ({ data }) => html(data.available ?? '') },
      ],
      // Our own people first: they are called first.
      groups: (contacts) => [
        { title: view.ownPeople, documents: contacts.filter(({ data }) => data.organisation === undefined) },
        { title: view.outside, documents: contacts.filter(({ data }) => data.organisation !== undefined) },
      ],
    },
    message: {
      columns: [
        titled,
        { heading: view.to, cell: (message) => renderer.inline(message.data.to, message) },
        { heading: view.approver, cell: ({ data }) => roles([data.approver]) },
        { heading: view.sender, cell: ({ data }) => roles([data.sender]) },
      ],
    },
    worksheet: {
      columns: [
        { heading: view.code, cell: ({ data }) => html(h('span.spoken', data.code)) },
        titled,
        { heading: view.by, cell: ({ data }) => roles(data.filledBy) },
      ],
      sort: (worksheets) => worksheets.sort((a, b) => compare(a.data.code, b.data.code)),
    },
    notification: {
      columns: [
        titled,
        {
          heading: view.clocks,
          cell: ({ data }) =>
            html(
              h(
                'ul.list-channels',
                data.clocks
                  .filter((clock) => clock.within)
                  .map(({ within, recipient }) => h('li', [h('strong', within), `, ${recipient}`])),
              ),
              data.clocks.some((clock) => clock.within) ? '' : view.noTime,
            ),
        },
        { heading: view.howSure, cell: ({ data }) => html(view.standingShort[data.standing]) },
        { heading: view.checked, cell: ({ data }) => html(data.checkedOn) },
      ],
    },
    resource: {
      columns: [
        titled,
        { heading: view.place, cell: (resource) => renderer.inline(resource.data.place, resource) },
        { heading: view.category, cell: ({ data }) => html(view.categories[data.category]) },
      ],
    },
    training: {
      columns: [
        titled,
        { heading: view.forRoles, cell: ({ data }) => roles(data.roles) },
        { heading: view.repeated, cell: ({ data }) => html(view.every(data.every)) },
      ],
    },
    exercise: {
      columns: [
        titled,
        { heading: view.form, cell: ({ data }) => html(`${view.forms[data.form]}, ${data.length}`) },
        {
          heading: view.tests,
          cell: ({ data }) => codes(data.runbooks.flatMap((id) => documentOf(plan, 'runbook', id) ?? [])),
        },
      ],
    },
    lesson: {
      columns: [
        titled,
        { heading: view.lessonFrom, cell: ({ data }) => html(view.lessonFroms[data.from]) },
        { heading: view.on, cell: ({ data }) => html(data.on ? h('span.list-number', data.on) : '') },
      ],
      sort: (lessons) => lessons.sort((a, b) => compare(b.data.on ?? '', a.data.on ?? '') || byTitle(a, b)),
    },
    control: {
      columns: [
        { heading: view.identifier, cell: ({ data }) => html(h('span.spoken', data.identifier)) },
        titled,
        {
          heading: view.gap,
          cell: (control) =>
            control.data.gap ? renderer.inline(control.data.gap, control) : html(h('span.quiet', view.noGap)),
        },
      ],
      sort: (controls) => controls.sort((a, b) => compare(a.data.identifier, b.data.identifier)),
      groups: (controls) =>
        [...new Set(controls.map(({ data }) => data.framework))].sort(compare).map((framework) => ({
          title: framework,
          documents: controls.filter(({ data }) => data.framework === framework),
        })),
    },
    technique: {
      columns: [
        { heading: view.identifier, cell: ({ id }) => html(h('span.spoken', id)) },
        titleOnly,
        { heading: view.runbooks, cell: (technique) => codes(referrersOf(plan, technique, 'runbook')) },
      ],
      sort: (techniques) => techniques.sort((a, b) => compare(a.id, b.id)),
      // In the order of ATT&CK, which is roughly that of an attack; one with several tactics stands under each.
      groups: (techniques) =>
        (Object.keys(view.tacticNames) as TechniqueData['tactics']).map((tactic) => ({
          title: view.tacticNames[tactic],
          documents: techniques.filter(({ data }) => data.tactics.includes(tactic)),
        })),
    },
    term: {
      columns: [
        {
          heading: view.fullName,
          cell: (term) =>
            html(
              link(site, term, h('span.list-title', term.data.title)),
              term.data.aliases ? h('span.list-summary', term.data.aliases.join(', ')) : '',
            ),
        },
        { heading: view.meaning, cell: (term) => renderer.inline(term.data.summary, term) },
      ],
    },
    page: {
      columns: [titled],
      sort: (pages) => pages.sort((a, b) => (a.data.order ?? 100) - (b.data.order ?? 100) || byTitle(a, b)),
    },
  };
}

function channel({ kind, value }: ContactData['channels'][number]): ElementContent {
  const number = ['phone', 'mobile', 'pager'].includes(kind) && /^[+0-9 ()./-]+$/.test(value);
  if (number) return h('a.list-number', { href: `tel:${value.replace(/[^+0-9]/g, '')}` }, value);
  if (kind === 'mail') return h('a', { href: `mailto:${value}` }, value);
  if (kind === 'web' && /^https?:/.test(value)) return h('a', { href: value, rel: 'noreferrer' }, value);
  return h('span', value);
}

function link({ addresses }: Site, document: Document, content: string | ElementContent): ElementContent {
  return h('a', { href: addresses.document(`${document.kind}:${document.id}`) }, content);
}

function html(...children: (ElementContent | string)[]): string {
  return toHtml(h(null, ...children));
}

const commas = (nodes: (ElementContent | string)[]) =>
  nodes.flatMap((node, index) => (index === 0 ? [node] : [', ', node]));
const spaced = (nodes: ElementContent[]) => nodes.flatMap((node, index) => (index === 0 ? [node] : [' ', node]));
