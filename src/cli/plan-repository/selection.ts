/** Which documents of the starter plan a new plan holds: those that were chosen, and what they cannot do without. */

import type { Document } from '../../model/document.ts';
import { documentsOf, type Plan } from '../../model/plan.ts';
import { parseReference } from '../../model/reference.ts';

// Somebody decides about these, or they belong to the team that wrote them; none comes along because it is named.
const chosenOnly = new Set(['runbook', 'notification', 'control', 'page', 'exercise', 'lesson', 'term']);
// These tell about the plan as a whole. What they name and no runbook uses is not needed for them to be read.
const guides = new Set(['phase', 'page', 'resource', 'training']);

/**
 * Names of the documents that come into the plan.
 *
 * @param chosen `kind:id` of what the answers chose
 */
export function selectDocuments(plan: Plan, chosen: Iterable<string>): Set<string> {
  const selected = new Set<string>();
  const waiting = [...chosen, ...namedBySettings(plan), ...documentsOf(plan, 'phase').map(({ id }) => `phase:${id}`)];
  const follow = () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const document = plan.documents.get(name);
      if (!document || selected.has(name)) continue;
      selected.add(name);
      waiting.push(...comingAlong(document));
    }
  };
  follow();
  // Nobody can be called for a role without a contact.
  waiting.push(...contactsForRoles(plan, selected));
  follow();
  for (const term of termsIn(plan, selected)) selected.add(term);
  return selected;
}

function comingAlong(document: Document): string[] {
  // A control says where it is met; what is not there is a gap.
  if (document.kind === 'control')
    return document.references.flatMap(({ expected, text }) => (expected === 'role' ? [`role:${text}`] : []));
  return document.references.flatMap(({ expected, text }) => {
    const target = parseReference(text, expected);
    if (!target || chosenOnly.has(target.kind)) return [];
    return guides.has(document.kind) && target.kind === 'action' ? [] : [`${target.kind}:${target.id}`];
  });
}

function namedBySettings({ settings }: Plan): string[] {
  const contacts = [...settings.home.contacts, ...(settings.firstCall?.contacts ?? [])];
  const roles = [
    ...settings.priority.levels.flatMap(({ tell = [] }) => tell),
    ...(settings.authority.powers ?? []).flatMap((power) => power.roles),
    ...(settings.authority.suspicion ?? []).flatMap(({ takesOver }) => takesOver),
  ];
  return [...contacts.map((id) => `contact:${id}`), ...roles.map((id) => `role:${id}`)];
}

function contactsForRoles(plan: Plan, selected: ReadonlySet<string>): string[] {
  const contacts = documentsOf(plan, 'contact');
  const reachable = new Set(
    contacts.filter(({ id }) => selected.has(`contact:${id}`)).flatMap(({ data }) => data.roles ?? []),
  );
  const missing = documentsOf(plan, 'role').filter(({ id }) => selected.has(`role:${id}`) && !reachable.has(id));
  return missing.flatMap(({ id }) =>
    contacts.filter(({ data }) => data.roles?.includes(id)).map((contact) => `contact:${contact.id}`),
  );
}

/** Terms that the selected documents use. */
function termsIn(plan: Plan, selected: ReadonlySet<string>): string[] {
  const text = [...selected]
    .map((name) => JSON.stringify(plan.documents.get(name)?.data) + plainText(plan.documents.get(name)))
    .join('\n')
    .toLowerCase();
  return documentsOf(plan, 'term')
    .filter(({ data }) => [data.title, ...(data.aliases ?? [])].some((word) => hasWord(text, word.toLowerCase())))
    .map(({ id }) => `term:${id}`);
}

function plainText(document: Document | undefined): string {
  return document?.body
    ? JSON.stringify(document.body.tree, (key, value) => (key === 'position' ? undefined : value))
    : '';
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<![a-z])${escaped(word)}(?:s|es)?(?![a-z])`).test(text);
}
