/** What a lesson's changes mean for the rest of the plan: who uses it, who approved it, what exercised it. */

import ignore from 'ignore';
import { isBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import { documentsOf, type Plan, referrersOf } from '../model/plan.ts';
import type { Change } from '../model/schema-types.ts';

export interface Impact {
  /** Documents whose text changes, in the order of their names; new ones are not in it. */
  changed: Document[];
  /** Runbooks that show an action whose text changes, with these actions. */
  touched: { runbook: Document<'runbook'>; actions: Document[] }[];
  /** Approved documents whose approvals were for the text before, with who gave them. */
  approvals: { document: Document; by: string[] }[];
  /** Exercises that were held with runbooks as they were before. */
  exercises: { exercise: Document<'exercise'>; runbooks: Document[] }[];
  /** Roles that own what changes, with their documents. */
  owners: { role: Document<'role'>; documents: Document[] }[];
}

interface Governed {
  status?: string;
  owner?: string;
  approvals?: { by: string; role: string }[];
}

/**
 * What changes touch.
 *
 * @param plan before the changes: approvals and exercises were given to that text
 */
export function impactOf(changes: readonly Change[], plan: Plan): Impact {
  const names = new Set(changes.map(({ of }) => of.split('#')[0] as string));
  const changed = [...names]
    .sort()
    .map((name) => plan.documents.get(name))
    .filter((document) => document !== undefined);
  const actions = changed.filter(({ kind }) => kind === 'action');
  const touched = documentsOf(plan, 'runbook')
    .map((runbook) => ({ runbook, actions: actions.filter((action) => uses(runbook, action)) }))
    .filter((entry) => entry.actions.length > 0);
  const affected = [...new Set([...changed, ...touched.map(({ runbook }) => runbook as Document)])];
  return {
    changed,
    touched,
    approvals: affected.flatMap((document) => {
      const { status, approvals = [] } = document.data as Governed;
      return status === 'approved' && approvals.length > 0
        ? [{ document, by: approvals.map(({ by, role }) => `${by} (${role})`) }]
        : [];
    }),
    exercises: exercisesOf(
      plan,
      affected.filter(({ kind }) => kind === 'runbook'),
    ),
    owners: ownersOf(plan, affected),
  };
}

function uses(runbook: Document<'runbook'>, action: Document): boolean {
  return (runbook.body?.steps ?? []).some(
    ({ block }) => isBlock(block, 'use') && block.attributes.action === action.id,
  );
}

function exercisesOf(plan: Plan, runbooks: readonly Document[]): Impact['exercises'] {
  const found = new Map<Document<'exercise'>, Document[]>();
  for (const runbook of runbooks)
    for (const exercise of referrersOf(plan, runbook, 'exercise').filter(({ data }) => data.held?.length))
      found.set(exercise, [...(found.get(exercise) ?? []), runbook]);
  return [...found].map(([exercise, exercised]) => ({ exercise, runbooks: exercised }));
}

function ownersOf(plan: Plan, documents: readonly Document[]): Impact['owners'] {
  const owned = Map.groupBy(documents, ({ data }) => (data as Governed).owner ?? plan.settings.owner ?? '');
  return [...owned]
    .map(([owner, of]) => ({ role: plan.documents.get(`role:${owner}`), documents: of }))
    .filter((entry): entry is Impact['owners'][number] => entry.role !== undefined)
    .sort((a, b) => (a.role.id < b.role.id ? -1 : 1));
}

/**
 * Who reviews paths by a CODEOWNERS file as GitHub and GitLab read it: patterns as in .gitignore, of all lines that
 * match a path the last counts, and a line without owners takes them away. GitLab's headings of sections are passed
 * over: its sections each count, and are not told apart here. Gitea and Forgejo have other rules in a file of that name.
 *
 * @param text of CODEOWNERS
 * @param paths from the root of the repository
 * @returns each owner with the paths
 */
export function codeOwners(text: string, paths: readonly string[]): Map<string, string[]> {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !/^\^?\[/.test(line))
    .map((line) => {
      const [pattern = '', ...owners] = line.split(/\s+/);
      return { matches: ignore().add(pattern), owners };
    });
  const found = new Map<string, string[]>();
  for (const path of paths)
    for (const owner of rules.findLast(({ matches }) => matches.ignores(path))?.owners ?? [])
      found.set(owner, [...(found.get(owner) ?? []), path]);
  return found;
}
