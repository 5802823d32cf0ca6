/** The development server: draws pages again after every change, and tells on them what is wrong with the plan. */

import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Connect, ViteDevServer } from 'vite';
import type { Version } from '../../history/version.ts';
import { devText as text } from '../../model/dev-text.ts';
import { createAddresses } from '../addresses.ts';
import { coverageFiles } from '../coverage-files.ts';
import { incidentFiles } from '../incident-files.ts';
import type { Page } from '../pages.ts';
import { type Site, setSite } from '../site.ts';
import { stampFor } from '../stamp.ts';
import { upkeepFiles } from '../upkeep-files.ts';
import { setDevSite } from './dev-site.ts';
import { type DevFrame, faultPage, panelHtml, planPage } from './diagnostics-html.ts';
import type { EditedPlan } from './edited-plan.ts';
import { filesShownOn, type Told, toldByFile } from './told.ts';

export interface ServeOptions {
  base: string;
  /** Stands before a path of the plan: `content/`. */
  prefix: string;
  /** Folders and files that are watched. */
  watched: readonly string[];
  /** Which version of the plan this is. */
  version: () => Promise<Version>;
  /** Tells the terminal how the plan stands after a change. */
  tell: () => void;
}

// Editors write a file in several steps; this is longer than they take between emptying and filling it.
const settle = 15;
// By then the page is there again. The watcher tells one change of a file in 50 ms, so that a second is looked for.
const later = 300;

/** Serves the site of a plan that is edited. */
export function serveEdited(server: ViteDevServer, edited: EditedPlan, options: ServeOptions): void {
  const pages = new DevPages(edited, options);
  setDevSite(pages);
  const send = (event: string) => server.ws.send({ type: 'custom', event });
  watchPlan(server, edited, options, {
    changed: () => {
      pages.renew();
      // Astro keeps the list of pages until it hears that content has changed.
      for (const environment of Object.values(server.environments)) environment.hot.send('astro:content-changed', {});
      send('firebreak:changed');
    },
    checked: () => {
      pages.renew();
      options.tell();
      send('firebreak:checked');
    },
  });
  server.ws.on('firebreak:here', (drawn: string, client) => {
    if (drawn !== edited.state) client.send('firebreak:checked');
  });
  server.middlewares.use((request, response, next) => {
    pages.answer(request, response).then(
      (answered) => void (answered || next()),
      (reason: unknown) => next(reason),
    );
  });
}

/** Reads the plan again after every change below its folders, and checks it a little later; one thing at a time. */
function watchPlan(
  { watcher }: ViteDevServer,
  edited: EditedPlan,
  { watched }: ServeOptions,
  tell: { changed: () => void; checked: () => void },
): void {
  let doing = Promise.resolve();
  const inTurn = (job: () => Promise<void> | void) => {
    doing = doing.then(job).catch((reason: unknown) => {
      edited.failed(reason as Error);
      tell.changed();
    });
  };
  const read = (path?: string) =>
    inTurn(async () => {
      if (await edited.update(path)) tell.changed();
    });
  const check = () => {
    read();
    inTurn(() => {
      if (edited.check()) tell.checked();
    });
  };
  const changed = new Set<string>();
  const readChanged = () => {
    const [path, ...others] = changed;
    changed.clear();
    read(others.length === 0 ? path : undefined);
  };
  let soon: NodeJS.Timeout | undefined;
  let after: NodeJS.Timeout | undefined;
  watcher.add([...watched]);
  watcher.on('all', (event, path) => {
    const own = edited.pathOf(path);
    if (own === undefined) return;
    changed.add(event === 'change' ? own : '');
    clearTimeout(soon);
    clearTimeout(after);
    soon = setTimeout(readChanged, settle);
    after = setTimeout(check, later);
  });
}

// By their endings, so that no other address has to wait until they are made.
const filesBeside: [ending: string, files: (site: Site) => ReadonlyMap<string, string>, type: string][] = [
  ['.json', incidentFiles, 'application/json'],
  ['.csv', coverageFiles, 'text/csv'],
  ['.ics', upkeepFiles, 'text/calendar'],
];

/** What the server answers itself, and what it adds to the pages that Astro draws. */
class DevPages {
  readonly #edited: EditedPlan;
  readonly #options: ServeOptions;
  readonly #addresses: Omit<DevFrame, 'state'>;
  #byFile: ReadonlyMap<string, readonly Told[]> = new Map();
  #pages: ReadonlyMap<string, Page> = new Map();
  #version: Promise<Version>;

  constructor(edited: EditedPlan, options: ServeOptions) {
    this.#edited = edited;
    this.#options = options;
    const { base, page } = createAddresses(options.base);
    this.#addresses = {
      base,
      diagnostics: page('_firebreak/diagnostics/'),
      styles: [`/@fs${pathOf('../styles/dev.css')}`],
      scripts: [`/@fs${pathOf(`../client/dev${import.meta.url.slice(-3)}`)}`],
    };
    this.#version = options.version();
    this.renew();
  }

  get #to(): DevFrame {
    return { ...this.#addresses, state: this.#edited.state };
  }

  /** Takes over what the plan is now. */
  renew(): void {
    const { files, site } = this.#edited;
    this.#byFile = toldByFile(files, this.#options.prefix);
    if (!site) return;
    setSite(site);
    this.#pages = new Map(site.pages.map((page) => [page.path, page]));
  }

  atStart(): string {
    return this.#addresses.scripts.map((src) => `<script type="module" src="${src}"></script>`).join('');
  }

  atEnd(path: string): string {
    const styles = this.#addresses.styles.map((href) => `<link rel="stylesheet" href="${href}">`);
    return [...styles, this.#panelOf(this.#inSite(path) ?? '')].join('');
  }

  #panelOf(path: string): string {
    const page = this.#pages.get(path);
    const { site } = this.#edited;
    const shown = page && site ? filesShownOn(page, site.plan) : [];
    const told = ['plan.yaml', ...shown].flatMap((file) => this.#byFile.get(file) ?? []);
    return panelHtml({ told, inPlan: this.#all().length, notice: this.#notice() }, this.#to);
  }

  fault(path: string): string {
    const page = this.#pages.get(this.#inSite(path) ?? '');
    const shown = page && this.#edited.site ? filesShownOn(page, this.#edited.site.plan) : [];
    const told = shown.flatMap((file) => this.#byFile.get(file) ?? []);
    const title = page && 'document' in page ? page.document.data.title : path;
    return faultPage(text.cannotShow(title), told, told.length > 0 ? text.comesBack : text.faultInEngine, this.#to);
  }

  /** Answers what Astro has no page for. Gives false for what is Astro's to answer. */
  async answer(request: Connect.IncomingMessage, response: ServerResponse): Promise<boolean> {
    // Astro takes the base off before anybody else sees the address.
    const path = this.#inSite((request.originalUrl ?? '').split('?')[0] as string);
    if (path === undefined) return false;
    if (this.#answerFile(path, response)) return true;
    if (path === '_firebreak/stamp.css') return this.#answerStamp(response);
    if (!request.headers.accept?.includes('text/html') || /^@|^node_modules\/|^src\//.test(path)) return false;
    if (path === '_firebreak/diagnostics/')
      return html(response, 200, planPage(this.#byFile, this.#notice(), this.#to));
    const { site } = this.#edited;
    if (!site)
      return html(response, 500, faultPage(text.cannotShowPlan, this.#faultsOfPlan(), text.comesBack, this.#to));
    const page = this.#pages.get(path);
    if (page && tellsOfGit(page)) {
      await this.#edited.askGit();
      this.renew();
    }
    // Without a slash at the end, Astro says where the page is.
    if (page || path === 'help' || path.startsWith('help/') || !path.endsWith('/')) return false;
    const file = [...this.#byFile.keys()].find((name) => documentPathOf(name) === path);
    if (file === undefined) return html(response, 404, faultPage(text.noPage, [], text.noPageWhy, this.#to));
    const told = this.#byFile.get(file) ?? [];
    return html(response, 500, faultPage(text.cannotShow(this.#options.prefix + file), told, text.comesBack, this.#to));
  }

  /** What a build writes beside its pages. */
  #answerFile(path: string, response: ServerResponse): boolean {
    const { site } = this.#edited;
    const [, files, type] = filesBeside.find(([ending]) => path.endsWith(ending)) ?? [];
    const file = site && files?.(site).get(path);
    if (file === undefined || type === undefined) return false;
    response.setHeader('content-type', type).end(file);
    return true;
  }

  async #answerStamp(response: ServerResponse): Promise<boolean> {
    const { site } = this.#edited;
    if (!site) return false;
    response.setHeader('content-type', 'text/css').end(stampFor(site.plan, await this.#version));
    // Nobody waits for git: the next page shows what it says by then.
    this.#version = this.#options.version();
    return true;
  }

  #inSite(path: string): string | undefined {
    return path.startsWith(this.#addresses.base) ? decoded(path.slice(this.#addresses.base.length)) : undefined;
  }

  #all(): readonly Told[] {
    return [...this.#byFile.values()].flat();
  }

  #faultsOfPlan(): readonly Told[] {
    return this.#byFile.get('plan.yaml') ?? [];
  }

  #notice(): string | undefined {
    const { outdated } = this.#edited;
    if (outdated === undefined) return undefined;
    return outdated === 'settings' ? text.outdated : `${text.failed} ${outdated.fault}`;
  }
}

/** Pages that show what git knows, which is asked when they are looked at. */
function tellsOfGit(page: Page): boolean {
  return page.view === 'assurance' || page.view.endsWith('history') || ('kind' in page && page.kind === 'lesson');
}

/** Path of the page that a file of the plan would have: `runbooks/ransomware/`. */
function documentPathOf(file: string): string {
  return `${file.replace(/\.(mdx|ya?ml)$/, '')}/`;
}

function html(response: ServerResponse, status: number, content: string): true {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }).end(content);
  return true;
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** A file of the engine as Vite knows it, which serves modules beside the base of the site. */
function pathOf(name: string): string {
  const path = fileURLToPath(new URL(name, import.meta.url)).replaceAll('\\', '/');
  return path.startsWith('/') ? path : `/${path}`;
}
