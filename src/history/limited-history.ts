/** History for those who may not read all of a plan: old versions and messages of commits can hold what is withheld today. */

import { visit } from 'unist-util-visit';
import { channelsFor, requireAudience, withholding } from '../compile/audience.ts';
import { isKeptFrom } from '../model/audience.ts';
import { audienceText } from '../model/audience-text.ts';
import { addressOfChannel } from '../model/contact.ts';
import type { Block } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import type { ContactData } from '../model/schema-types.ts';
import type { Commit, CommitLog } from './commit-log.ts';
import type { PlanHistory } from './document-history.ts';

// What is shorter, such as 112, is no secret.
const shortestNumber = 5;

/** What an audience may hear of the history. */
export interface HistoryLimits {
  /** Id of the audience: what was worked out for one must not be taken for another. */
  audience: string;
  log: (log: CommitLog) => CommitLog;
  history: (history: PlanHistory) => PlanHistory;
  /** Whether an old version of a document may be told in words: only one that the audience could read as a whole. */
  mayTell: (version: Document) => boolean;
}

/**
 * The limits of an audience; undefined where it reads the whole plan.
 *
 * @param whole the plan as it was written
 * @param plan the plan of the audience
 */
export function historyLimits(whole: Plan, plan: Plan): HistoryLimits | undefined {
  const id = plan.audience?.id;
  if (id === undefined || plan.documents === whole.documents) return undefined;
  const audience = requireAudience(whole, id);
  const withheld = withholding(whole, id);
  const reads = (label: string | undefined) => label === undefined || audience.labels.includes(label);
  const said = audienceText(whole.settings.language).withheld;
  const numbers = channelsFor(whole, audience).withheld.flatMap((channel) => {
    const address = addressOfChannel(channel)?.replace(/^(tel|mailto):/, '');
    return address && address.length > shortestNumber ? [channel.value, address] : [];
  });
  const nobody = { name: said, mail: '' };
  const limited = (commit: Commit): Commit => {
    // A message is about all that its commit changed.
    if (commit.files.some(({ path, from }) => withheld.path(path) || (from !== undefined && withheld.path(from))))
      return {
        ...commit,
        subject: said,
        body: '',
        trailers: [],
        ...(audience.history ? {} : { author: nobody, committer: nobody }),
      };
    return audience.history
      ? commit
      : { ...commit, subject: said, body: '', trailers: [], author: nobody, committer: nobody };
  };
  return {
    audience: id,
    log: (log) => ({ ...log, commits: new Map([...log.commits].map(([name, commit]) => [name, limited(commit)])) }),
    // What a file was called before may be what it must not be called; and nobody knows who might have read what is gone.
    history: ({ removed: _, ...history }) => ({
      ...history,
      versions: new Map(
        [...history.versions].map(([name, versions]) => [
          name,
          versions.map(({ from, ...version }) => ({
            ...version,
            path: plan.documents.get(name)?.path ?? version.path,
            what: version.what === 'renamed' ? 'changed' : version.what,
          })),
        ]),
      ),
    }),
    mayTell: (version) => {
      if (isKeptFrom(whole.settings, audience, version)) return false;
      if (version.references.some(({ text, expected }) => isWithheldName(plan, text, expected))) return false;
      if (version.kind === 'contact' && (version.data as ContactData).channels?.some(({ label }) => !reads(label)))
        return false;
      // A number may stand in a text whose link is gone since.
      const said = JSON.stringify([version.data, version.body?.tree]);
      if (numbers.some((number) => said.includes(number))) return false;
      let readable = true;
      if (version.body)
        visit(version.body.tree, 'block', (block: Block) => {
          readable &&= reads((block.attributes as { label?: string }).label);
        });
      return readable;
    },
  };
}

/** Whether a reference of an old version leads to nothing that the audience has. */
function isWithheldName(plan: Plan, text: string, expected: string): boolean {
  const name = /^[a-z]+:[^#]+/.exec(text)?.[0] ?? (/^[a-z]+$/.test(expected) ? `${expected}:${text}` : undefined);
  const isHere = ['label', 'local', 'step', 'any'].includes(expected) && !text.includes(':');
  return name !== undefined && !isHere && !plan.documents.has(name);
}
