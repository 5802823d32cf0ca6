/** Hosts that may be named wherever the plan may be read. */

import type { PlanSettings } from './schema-types.ts';

/** The hosts that plan.yaml names are published with the plan. */
export function hostsOf(settings: PlanSettings): string[] {
  const named = JSON.stringify(settings).matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+\.[a-z]{2,})/gi);
  return [...new Set([...named].map(([, host]) => (host as string).toLowerCase()))];
}
