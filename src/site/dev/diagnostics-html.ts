/** What is shown of diagnostics while a plan is edited: the panel of a page, the page of the plan, the page of a fault. */

import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { htmlOf } from '../../compile/html.ts';
import type { Level } from '../../diagnostics/catalogue.ts';
import { visible } from '../../diagnostics/frame.ts';
import { devText as text } from '../../model/dev-text.ts';
import type { Told } from './told.ts';

/** Where the parts of these pages are found, and what they are drawn from. */
export interface DevFrame {
  /** Of the plan when the page was drawn; it ends with `?` when that was not checked yet. */
  state: string;
  base: string;
  /** All diagnostics of the plan. */
  diagnostics: string;
  styles: readonly string[];
  scripts: readonly string[];
}

// More would be no panel but a list, and there is a page for that.
const mostInPanel = 20;

/** What a panel tells. */
export interface Panel {
  /** Of the documents of the page. */
  told: readonly Told[];
  /** How many there are in the plan. */
  inPlan: number;
  /** What holds for the whole site. */
  notice: string | undefined;
}

/** What stands at the end of a page: its diagnostics, and the way to all of the plan. */
export function panelHtml({ told, inPlan, notice }: Panel, to: DevFrame): string {
  const checked = !to.state.endsWith('?');
  const open = notice !== undefined || told.some(({ level }) => level === 'error');
  const found = told.length === 0 ? [checked ? text.nothing : text.checking] : [...counts(told), ` ${text.onThisPage}`];
  return htmlOf([
    h('aside.dev-panel', { ariaLabel: text.label, dataDevState: to.state }, [
      h('details', { open }, [
        h('summary', found),
        h('.dev-body', [
          ...(notice === undefined ? [] : [h('p.dev-notice', notice)]),
          ...(told.length === 0 ? [] : [list(told.slice(0, mostInPanel))]),
          ...(told.length > mostInPanel ? [h('p', text.more(told.length - mostInPanel))] : []),
          h('p.dev-all', [h('a', { href: to.diagnostics }, checked ? text.inPlan(inPlan) : text.ofPlan)]),
        ]),
      ]),
    ]),
  ]);
}

/** The page that lists all diagnostics of a plan, by file. */
export function planPage(
  byFile: ReadonlyMap<string, readonly Told[]>,
  notice: string | undefined,
  to: DevFrame,
): string {
  const all = [...byFile.values()].flat();
  return page(text.ofPlan, to, [
    h('p.summary', all.length === 0 ? text.noneInPlan : [...counts(all), '. ', text.explain]),
    ...(notice === undefined ? [] : [h('p.dev-notice', notice)]),
    ...[...byFile].flatMap(([path, told]) => [h('h2', visible(path, '')), list(told)]),
  ]);
}

/** The page in place of one that cannot be drawn: what is wrong, where, and what to do. */
export function faultPage(title: string, told: readonly Told[], words: string, to: DevFrame): string {
  return page(title, to, [
    h('p.summary', words),
    ...(told.length === 0 ? [] : [list(told)]),
    h('p.dev-all', [h('a', { href: to.diagnostics }, text.ofPlan), ' · ', h('a', { href: to.base }, text.home)]),
  ]);
}

function page(title: string, { state, styles, scripts }: DevFrame, content: ElementContent[]): string {
  const head = htmlOf([
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', title),
      ...styles.map((href) => h('link', { rel: ['stylesheet'], href })),
      ...scripts.map((src) => h('script', { type: 'module', src })),
    ]),
  ]);
  const body = htmlOf([
    h('body', { dataDevState: state }, [
      h('main', { id: 'main', className: ['dev-page'] }, [h('h1', title), ...content]),
    ]),
  ]);
  return `<!doctype html><html lang="en">${head}${body}</html>`;
}

function counts(told: readonly Told[]): ElementContent[] {
  const levels: Level[] = ['error', 'warning', 'hint'];
  const found = levels.flatMap((level) => {
    const count = told.filter((one) => one.level === level).length;
    return count === 0 ? [] : [h('span.dev-count', { className: [`dev-${level}`] }, text.counts[level](count))];
  });
  return found.flatMap((count, index) => (index === 0 ? [count] : [{ type: 'text', value: ', ' } as const, count]));
}

function list(told: readonly Told[]): Element {
  return h('ol.dev-list', told.map(item));
}

function item({ id, level, message, help, where, frame, source, related }: Told): Element {
  const place = source && { dataDevPath: source.path, dataDevFrom: source.from, dataDevShow: text.showOnPage };
  return h('li.dev-item', { className: [`dev-${level}`], ...place }, [
    h('p.dev-message', [h('strong.dev-level', `${text.levels[level]}: `), visible(message, '')]),
    h('p.dev-where', [h('code', visible(where, '')), ' ', h('code.dev-id', id)]),
    ...framed(frame),
    ...related.flatMap((place) => [
      h('p.dev-where', [`${text.seeAlso} `, h('code', visible(place.where, ''))]),
      ...framed(place.frame),
    ]),
    h('p.dev-help', visible(help, '')),
  ]);
}

function framed(frame: string | undefined): Element[] {
  return frame === undefined ? [] : [h('pre.dev-frame', { tabIndex: 0 }, frame)];
}
