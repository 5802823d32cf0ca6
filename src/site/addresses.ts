import type { Addresses } from '../compile/render.ts';
import { kinds } from '../kinds/index.ts';
import { parseReference } from '../model/reference.ts';

/** All addresses of a site. Nothing else writes one, so that every page works under any base. */
export interface SiteAddresses extends Addresses {
  /** With a slash at both ends. */
  base: string;
  /** A page by its path: `runbooks/ransomware/`; empty for the home page. */
  page: (path: string) => string;
  /** A file of the build. */
  file: (path: string) => string;
}

/** Path of a document's page: `runbooks/ransomware/`. */
export function documentPath({ kind, id }: { kind: string; id: string }): string {
  return `${kinds.get(kind)?.folder ?? kind}/${id}/`;
}

/**
 * Path of the page that holds a document's history. What has a body has a page of its own; entries, of which a plan has
 * hundreds and which seldom change, share one with all of their kind.
 */
export function historyPath({ kind, id }: { kind: string; id: string }): string {
  const { folder = kind, body = 'none' } = kinds.get(kind) ?? {};
  return body === 'none' ? `history/${folder}/#${id.toLowerCase()}` : `history/${folder}/${id}/`;
}

/** Path of one version of a document in its history; of plan.yaml, in that of the plan. */
export function versionPath(document: { kind: string; id: string; path: string }, commit: string): string {
  const version = `v-${commit.slice(0, 8)}`;
  if (document.path === 'plan.yaml') return `history/#${version}`;
  const path = historyPath(document);
  return path.includes('#')
    ? `${path.slice(0, path.indexOf('#'))}#${versionPrefix(document)}${version}`
    : `${path}#${version}`;
}

/** Stands before the ids of versions on a page that holds the history of several documents. */
export const versionPrefix = ({ kind, id }: { kind: string; id: string }): string =>
  `${kind}-${id.replace(/\W/g, '-').toLowerCase()}-`;

export function createAddresses(base: string): SiteAddresses {
  const root = `/${base.split('/').filter(Boolean).join('/')}/`.replace('//', '/');
  const page = (path: string) => root + path;
  return {
    base: root,
    page,
    file: page,
    document: (text) => {
      const reference = parseReference(text);
      return reference ? page(documentPath(reference)) + (reference.step ? `#${reference.step}` : '') : page('');
    },
    asset: (path) => page(`plan/${path.split('/').map(encodeURIComponent).join('/')}`),
  };
}
