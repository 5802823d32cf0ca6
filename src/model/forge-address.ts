/**
 * Where a forge keeps its pages: pure arithmetic on addresses, usable in a browser.
 *
 * The forms were read from: GitHub's documentation ("Using query parameters to create a pull request") and its
 * new-file page (`filename`, `value`); GitLab's documentation of merge requests and web editor; the source of Gitea
 * (routers/web/repo/editor.go reads `filename`, web_src/js/features/repo-editor reads `value`), which Forgejo shares.
 */

import type { PlanSettings } from './schema-types.ts';

export type ForgeKind = NonNullable<NonNullable<PlanSettings['repository']>['forge']>;

/** A repository as its forge shows it in a browser. */
export interface ForgeRepository {
  kind: ForgeKind;
  /** Web address without a slash or `.git` at its end, without user and password. */
  address: string;
  /** Branch that is published. */
  branch: string;
}

/**
 * Up to how many characters an address is certain to arrive. RFC 9110, 4.1, asks everybody to take 8,000 octets;
 * nginx and Apache stop at about 8,190 by default, and so does GitHub (github/docs issue 5136).
 */
export const safeAddressLength = 8_000;

/** Which software serves a host, where its name says so. */
export function forgeOfHost(host: string): ForgeKind {
  if (/(^|\.)github\.com$|\.ghe\.com$|^github\./i.test(host)) return 'github';
  if (/(^|\.)gitlab\.com$|^gitlab\./i.test(host)) return 'gitlab';
  if (/(^|\.)(codeberg\.org|gitea\.com)$|^(gitea|forgejo)\./i.test(host)) return 'gitea';
  return 'git';
}

/** The repository that a plan's settings name; its forge is told by the host where they do not say it. */
export function repositoryOf(settings: NonNullable<PlanSettings['repository']>): ForgeRepository {
  const address = withoutEnd(settings.url);
  return {
    kind: settings.forge ?? forgeOfHost(URL.parse(address)?.hostname ?? ''),
    address,
    branch: settings.branch ?? 'main',
  };
}

const withoutEnd = (address: string) => address.replace(/\/+$/, '').replace(/\.git$/, '');

/** A git remote's address, taken apart. */
export interface RemoteAddress {
  protocol: 'https' | 'http' | 'ssh' | 'git';
  /** Name or address of the host, in lower case, without user and port. */
  host: string;
  /** Only where the address has one. */
  port?: string;
  /** Path on the forge, without slashes at its ends and without `.git`. */
  path: string;
}

/**
 * Takes a git remote's address apart: `https://…`, `ssh://…`, `git://…` and the short form `user@host:path`.
 *
 * @returns undefined for a folder or a form that names no host
 */
export function parseRemoteAddress(address: string): RemoteAddress | undefined {
  const url = address.includes('://') ? URL.parse(address) : undefined;
  if (url) {
    const protocol = url.protocol.slice(0, -1).replace(/^git\+/, '');
    if (!['https', 'http', 'ssh', 'git'].includes(protocol) || !url.hostname) return undefined;
    return {
      protocol: protocol as RemoteAddress['protocol'],
      host: url.hostname.toLowerCase(),
      ...(url.port ? { port: url.port } : {}),
      path: pathOf(decoded(url.pathname)),
    };
  }
  // git takes a colon before the first slash for the short form, except where it is a drive of Windows.
  const short = /^(?:[^@/:\s]+@)?(\[[^\]\s]+\]|[^/:\s[\]]{2,}):(.*)$/s.exec(address);
  if (!short?.[1] || address.includes('://')) return undefined;
  return { protocol: 'ssh', host: short[1].toLowerCase(), path: pathOf(short[2] ?? '') };
}

const pathOf = (path: string) => withoutEnd(path).replace(/^\/+/, '');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

// Where forges answer ssh on the port of https, for networks that let nothing else out.
const hostsForSsh: Record<string, string> = { 'ssh.github.com': 'github.com', 'altssh.gitlab.com': 'gitlab.com' };

/** Where a remote is seen in a browser: the same host over https, since the port of ssh says nothing about the web. */
export function webAddressOf({ protocol, host, port, path }: RemoteAddress): string {
  const onWeb = protocol === 'https' || protocol === 'http';
  const origin = `${onWeb ? protocol : 'https'}://${hostsForSsh[host] ?? host}${onWeb && port ? `:${port}` : ''}`;
  return `${origin}/${encodedPath(path)}`;
}

/** A path or branch in an address: everything is escaped but the slashes, as the forges' own links have it. */
const encodedPath = (path: string) =>
  path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');

/** Values of a query, escaped as forms are; lone surrogates, which no address can hold, become U+FFFD. */
const query = (values: Record<string, string>) =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, value.toWellFormed()])).toString();

/**
 * Whether an address arrives even at a person who must sign in first: the forge then carries the whole address,
 * escaped once more, in that of its sign-in page.
 */
export const isSafeLength = (address: string) =>
  `/login?return_to=${encodeURIComponent(address)}`.length <= safeAddressLength;

/** What leads to each kind of page, after the repository's address. GitLab documents no prefilled page for a new file. */
const pages: Record<
  ForgeKind,
  Partial<Record<'edit' | 'new' | 'upload' | 'commit' | 'file' | 'pullRequest', string>>
> = {
  github: { edit: 'edit', new: 'new', upload: 'upload', commit: 'commit', file: 'blob', pullRequest: 'pull' },
  gitlab: {
    edit: '-/edit',
    upload: '-/tree',
    commit: '-/commit',
    file: '-/blob',
    pullRequest: '-/merge_requests',
  },
  gitea: {
    edit: '_edit',
    new: '_new',
    upload: '_upload',
    commit: 'commit',
    file: 'src/commit',
    pullRequest: 'pulls',
  },
  git: {},
};

/** Where a file is edited in a browser; undefined where the forge has no such page. */
export function editPage({ kind, address, branch }: ForgeRepository, path: string): string | undefined {
  const { edit } = pages[kind];
  return edit && `${address}/${edit}/${encodedPath(branch)}/${encodedPath(path)}`;
}

/**
 * Where a new file is written in a browser, with its name and text filled in.
 *
 * @param text what it is to hold
 * @returns undefined where the forge has no page that takes a text, or the text is too long for an address
 */
export function newFilePage(
  { kind, address, branch }: ForgeRepository,
  path: string,
  text: string,
): string | undefined {
  const page = pages[kind].new;
  if (!page) return undefined;
  const whole = `${address}/${page}/${encodedPath(branch)}?${query({ filename: path, value: text })}`;
  return isSafeLength(whole) ? whole : undefined;
}

/**
 * Where a file is uploaded in a browser. GitLab has no page for it: there it is "Upload file" in the menu of the
 * folder's page.
 *
 * @param folder that it goes into, with forward slashes; empty for the repository's root
 */
export function uploadPage({ kind, address, branch }: ForgeRepository, folder: string): string | undefined {
  const { upload } = pages[kind];
  return upload && `${address}/${upload}/${encodedPath(folder ? `${branch}/${folder}` : branch)}`;
}

/**
 * Where a pull request is opened in a browser for a branch that was pushed.
 *
 * @param text title and body, filled in where the forge takes them (GitHub, GitLab) and they fit; else left out
 */
export function newPullRequestPage(
  { kind, address, branch: base }: ForgeRepository,
  branch: string,
  text?: { title: string; body: string },
): string | undefined {
  const fitting = (plain: string, filled: string) => (text && isSafeLength(filled) ? filled : plain);
  switch (kind) {
    case 'github': {
      const page = `${address}/compare/${encodedPath(base)}...${encodedPath(branch)}?expand=1`;
      return fitting(page, `${page}&${query({ title: text?.title ?? '', body: text?.body ?? '' })}`);
    }
    case 'gitlab': {
      const field = (name: string) => `merge_request[${name}]`;
      const branches = { [field('source_branch')]: branch, [field('target_branch')]: base };
      const page = (values: Record<string, string>) => `${address}/-/merge_requests/new?${query(values)}`;
      const words = { [field('title')]: text?.title ?? '', [field('description')]: text?.body ?? '' };
      return fitting(page(branches), page({ ...branches, ...words }));
    }
    case 'gitea':
      return `${address}/compare/${encodedPath(base)}...${encodedPath(branch)}`;
    case 'git':
      return undefined;
  }
}

/** Where a commit is seen; undefined for a bare git server. */
export function commitPage({ kind, address }: ForgeRepository, commit: string): string | undefined {
  const page = pages[kind].commit;
  return page && `${address}/${page}/${commit}`;
}

/** Where a file is seen as a commit holds it; undefined for a bare git server. */
export function filePageAt({ kind, address }: ForgeRepository, path: string, commit: string): string | undefined {
  const page = pages[kind].file;
  return page && `${address}/${page}/${commit}/${encodedPath(path)}`;
}

/** Where a pull request is seen by its number; undefined for a bare git server. */
export function pullRequestPage({ kind, address }: ForgeRepository, number: number): string | undefined {
  const page = pages[kind].pullRequest;
  return page && `${address}/${page}/${number}`;
}
