import { editPage, repositoryOf } from '../model/forge-address.ts';
import type { PlanSettings } from '../model/schema-types.ts';

/** Where a file of the plan is edited in a browser; undefined where the forge has no such page. */
export function editAddress(repository: PlanSettings['repository'], path: string): string | undefined {
  return repository && editPage(repositoryOf(repository), path);
}
