import type { PlanSettings } from '../model/schema-types.ts';

// Where each forge has its editor in the browser; a bare git server has none.
const editors: Record<NonNullable<NonNullable<PlanSettings['repository']>['forge']>, string | undefined> = {
  github: 'edit',
  gitlab: '-/edit',
  gitea: '_edit',
  git: undefined,
};

/** Where a file of the plan is edited in a browser; undefined where the forge has no such page. */
export function editAddress(repository: PlanSettings['repository'], path: string): string | undefined {
  const editor = repository && editors[repository.forge ?? 'git'];
  if (!repository || !editor) return undefined;
  const parts = [repository.branch ?? 'main', ...path.split('/')].map((part) => encodeURIComponent(part));
  return `${repository.url.replace(/\/+$/, '')}/${editor}/${parts.join('/')}`;
}
