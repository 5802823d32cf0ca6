import type { Block } from './content.ts';
import type { Document } from './document.ts';
import type { BlockAttributes } from './schema-types.ts';

/** What holds for an action at one place: the runbook's own words where it has any, else the action's. */
export function effectiveAttributes(use: Block<'use'>, action: Document<'action'>): Partial<BlockAttributes['step']> {
  const { role, within, from, targets, preserves, destroys, techniques } = action.data;
  const defaults = { role, within, from, targets, preserves, destroys, techniques };
  const { action: _, ...own } = use.attributes;
  return Object.fromEntries(Object.entries({ ...defaults, ...own }).filter(([, value]) => value !== undefined));
}
