import { compile } from '../../compile/index.ts';
import { textDigest } from '../../compile/text-digest.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { Plan } from '../../model/plan.ts';
import { CannotRun, type Command } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';

/** Prints the digest that a change of a lesson names. */
export const digest: Command = {
  name: 'digest',
  summary: 'Print the digest of a text of the plan, for a change that a lesson asks for',
  usage: '<reference>',
  options: { field: { type: 'string' }, json: { type: 'boolean' }, ...contentOption },
  help: {
    field: 'a property, as a JSON Pointer such as /review/every',
    json: 'tell the result as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak digest runbook:ransomware#isolate-hosts',
    'firebreak digest runbook:ransomware --field /review/every',
    'firebreak digest plan --field /authority',
  ],
  async run(outside, values, [reference, ...others]) {
    if (reference === undefined || others.length > 0)
      throw new CannotRun('Write: firebreak digest <reference>, such as runbook:ransomware#isolate-hosts.');
    const field = values['field'] as string | undefined;
    if (field !== undefined && !/^(\/([^~/]|~[01])*)+$/.test(field))
      throw new CannotRun(`"${field}" is no JSON Pointer. Write a slash before each name: /review/every.`);
    const folder = await planFolder(outside, values['content']);
    const { plan } = await compile(folder.root, outside.now);
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const found = textDigest(plan, reference, field);
    if (found === undefined) throw new CannotRun(unknown(plan, reference));
    const result = { reference, ...(field === undefined ? {} : { field }), digest: found };
    outside.stdout.write(`${values['json'] ? JSON.stringify(result, null, 2) : found}\n`);
    return 0;
  },
};

function unknown(plan: Plan, reference: string): string {
  const [name = ''] = reference.split('#');
  const document = plan.documents.get(name);
  const names = document?.body
    ? document.body.steps.map(({ id }) => `${name}#${id}`)
    : [...plan.documents.keys(), 'plan'];
  const meant = nearestName(reference, names);
  return `The plan has no "${reference}", or a fault hides it.${meant ? ` Did you mean "${meant}"?` : ' `firebreak check` tells the faults.'}`;
}
