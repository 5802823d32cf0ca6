/** plan.yaml of a new plan: the answers in the place of what was true for the made-up company. */

import { parse } from 'yaml';
import { documentsOf, type Plan } from '../../model/plan.ts';
import type { AppliesWhen, PlanSettings, StarterChoices } from '../../model/schema-types.ts';
import { removeValue, setValue } from '../../proposals/yaml-edit.ts';
import type { Answers } from './answers.ts';
import { replaced, without } from './properties.ts';

/**
 * @param yaml text of plan.yaml in the starter plan
 * @param starter the starter plan
 * @param selected names of the documents that the new plan holds
 */
export function ownSettings(
  yaml: string,
  starter: Plan,
  selected: ReadonlySet<string>,
  answers: Answers,
  choices: StarterChoices,
): string {
  const name = answers.organisation ?? '[ORGANISATION]';
  const settled = replaced(yaml, {
    '/title': `Incident response plan of ${name}`,
    '/organisation/name': name,
    '/organisation/shortName': answers.shortName ?? name,
    '/organisation/sector': choices.sectors[answers.sector]?.name ?? answers.sector,
    '/organisation/timeZone': answers.timeZone,
    '/organisation/domain': answers.domain ?? '[DOMAIN]',
    '/variables/warRoom/bridge': '[BRIDGE NUMBER]',
    '/variables/warRoom/pin': '[WHERE THE BRIDGE CODE IS]',
    '/variables/warRoom/chat': '[CHAT GROUP]',
    '/variables/caseFolder': '[CASE FOLDER]',
    '/variables/evidenceStore': '[EVIDENCE SAFE]',
    '/variables/reportMailbox': answers.reportMailbox ?? '[REPORT MAILBOX]',
    '/variables/ticketSystem': answers.ticketing ?? '[TICKET SYSTEM]',
    '/variables/statusPage': '[STATUS PAGE]',
    '/variables/emergencyNumber': answers.emergencyNumber ?? '[EMERGENCY NUMBER]',
    ...(answers.repository ? { '/repository/url': answers.repository } : {}),
    '/repository/branch': answers.branch,
    '/repository/forge': answers.forge,
  });
  const cleared = without(settled, [
    '/example',
    '/approvals',
    '/review/last',
    ...(answers.repository ? [] : ['/repository']),
  ]);
  return withoutUnusedFacts(withStack(cleared, answers), starter, selected).replace(/\n{3,}/g, '\n\n');
}

/** Marks what is used and what is not, so that actions show the variant for it. */
function withStack(yaml: string, answers: Answers): string {
  const { stack = [] } = parse(yaml) as PlanSettings;
  const used = new Set<string>([
    ...answers.endpoints,
    ...answers.identity,
    ...answers.mail,
    ...answers.cloud,
    ...answers.virtualisation,
    ...(answers.edr === 'none' ? [] : ['edr']),
    ...(answers.siem === 'none' ? [] : ['siem']),
    // Everybody has these in some form.
    'firewall',
    'backup-system',
  ]);
  const names: Record<string, string | undefined> = { edr: answers.edr, siem: answers.siem };
  let text = yaml;
  for (const [index, { id }] of stack.entries()) {
    const shown = names[id];
    if (shown && shown !== 'none') text = setValue(text, `/stack/${index}/name`, shown);
    text = used.has(id) ? without(text, [`/stack/${index}/used`]) : setValue(text, `/stack/${index}/used`, false);
  }
  return text;
}

/** Takes out facts that no duty of the plan asks for, and what was known of the made-up company. */
function withoutUnusedFacts(yaml: string, starter: Plan, selected: ReadonlySet<string>): string {
  const { incidentFacts = {} } = parse(yaml) as PlanSettings;
  const lists = Object.entries(incidentFacts).map(([list, facts]) => ({ list, facts: facts ?? [] }));
  const asked = factsAskedFor(starter, selected);
  for (const { partOf, id } of lists.flatMap(({ facts }) => facts).reverse())
    if (partOf !== undefined && asked.has(id)) asked.add(partOf);
  let text = yaml;
  for (const { list, facts } of lists) {
    for (const [index, { id }] of [...facts.entries()].reverse()) {
      const pointer = `/incidentFacts/${list}/${index}`;
      text = asked.has(id) ? without(text, [`${pointer}/known`, `${pointer}/basis`]) : removeValue(text, pointer);
    }
  }
  return text;
}

function factsAskedFor(starter: Plan, selected: ReadonlySet<string>): Set<string> {
  const notifications = documentsOf(starter, 'notification').filter(({ id }) => selected.has(`notification:${id}`));
  const cases = notifications.flatMap(({ data }) => [
    ...(data.appliesWhen ?? []),
    ...data.clocks.flatMap(({ appliesWhen }) => appliesWhen ?? []),
  ]);
  const findings = notifications.flatMap(({ data }) =>
    data.clocks.flatMap(({ countedFrom }) => countedFrom?.finding ?? []),
  );
  return new Set([...cases.flatMap(factsOf), ...findings]);
}

function factsOf({ jurisdictions = [], organisations = [], data = [], findings = [] }: AppliesWhen[number]): string[] {
  return [...jurisdictions, ...organisations, ...data, ...findings];
}
