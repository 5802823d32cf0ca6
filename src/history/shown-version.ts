/** A version of a document as its history shows it: words and addresses, nothing left to work out. */

import { filePageAt, pullRequestPage, repositoryOf } from '../model/forge-address.ts';
import { type HistoryText, historyText } from '../model/history-text.ts';
import type { Plan } from '../model/plan.ts';
import type { DocumentVersion } from './document-history.ts';
import { differenceKey, type VersionDifferences } from './version-difference.ts';

// A version that rewrites a document is told by its first differences; its text is a link away.
const mostLines = 12;

/** Which version, when and by whom. */
export interface VersionHead {
  /** The commit in a few characters. */
  id: string;
  /** The day on which it was committed, in UTC. */
  day: string;
  who: string;
}

export interface ShownVersion extends VersionHead {
  version: DocumentVersion;
  /** What the message says beside its first line. */
  paragraphs: string[];
  lines: string[];
  /** How many differences are not told. */
  more: number;
  links: { href: string; title: string }[];
  /** Who reviewed it, as the message says. */
  approvedBy: string[];
}

export function versionHead(
  { commit, at, authors, committer, isMerge }: DocumentVersion,
  words: HistoryText,
): VersionHead {
  const merged =
    isMerge && !authors.some(({ name }) => name === committer.name) ? [words.mergedBy(committer.name)] : [];
  return {
    id: commit.slice(0, 8),
    day: at.slice(0, 10),
    who: [words.by(authors.map(({ name }) => name).join(', ')), ...merged].join(', '),
  };
}

/**
 * @param folder of the plan in its repository
 * @param most how many differences are told
 */
export function shownVersion(
  plan: Plan,
  folder: string,
  differences: VersionDifferences,
  version: DocumentVersion,
  most = mostLines,
): ShownVersion {
  const words = historyText(plan.settings.language);
  const { commit, path, from, pullRequest, trailers } = version;
  const all = whatChanged(version, differences, words);
  const repository = plan.settings.repository && repositoryOf(plan.settings.repository);
  const page = repository && filePageAt(repository, folder ? `${folder}/${path}` : path, commit);
  const request = repository && pullRequest && pullRequestPage(repository, pullRequest.number);
  return {
    version,
    ...versionHead(version, words),
    paragraphs: version.body.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== ''),
    lines: [...(from ? [words.movedFrom(from)] : []), ...all.slice(0, most)],
    more: Math.max(0, all.length - most),
    links: [
      ...(page ? [{ href: page, title: words.text }] : []),
      ...(request && pullRequest ? [{ href: request, title: pullRequest.name }] : []),
    ],
    approvedBy: trailers
      .filter(({ name }) => /^(approved|reviewed|acked)-by$/i.test(name))
      .map(({ name, value }) => `${name}: ${value.replace(/\s*<[^<>]*>\s*$/, '')}`),
  };
}

function whatChanged(
  version: DocumentVersion,
  differences: VersionDifferences,
  words: ReturnType<typeof historyText>,
): string[] {
  if (version.what === 'added') return [words.first];
  if (version.what === 'first-known') return [words.firstKnown];
  if (version.before === version.after) return version.what === 'renamed' ? [words.only] : [words.onlyForm];
  const { lines = [] } = differences.get(differenceKey(version)) ?? {};
  return lines.length > 0 ? lines : [words.onlyForm];
}
