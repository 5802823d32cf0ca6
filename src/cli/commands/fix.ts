import { join, resolve } from 'node:path';
import { attackEdits, compareWithAttack, type Difference } from '../../audit/attack.ts';
import { applyEdits } from '../../compile/edit.ts';
import { type Compiled, compile } from '../../compile/index.ts';
import { type Mended, mend } from '../../compile/mend.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { writeAtomically } from '../write-atomically.ts';
import { officialAttack } from './attack.ts';

/** Mends what can be mended without a person. */
export const fix: Command = {
  name: 'fix',
  summary:
    'Mend what can be mended without a person: missing ids, ids.lock, numbers of contacts, line ends, techniques',
  usage: '',
  progress: 'Reading the plan',
  options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' }, attack: { type: 'string' }, ...contentOption },
  help: {
    'dry-run': 'say what would change and write nothing',
    json: 'tell the result as JSON',
    attack: 'bring techniques in line with this STIX bundle or folder',
    ...contentHelp,
  },
  examples: ['firebreak fix', 'firebreak fix --dry-run', 'firebreak fix --attack enterprise-attack.json'],
  async run(outside, values) {
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    const changes =
      typeof values['attack'] === 'string'
        ? await techniqueChanges(compiled, outside, values['attack'])
        : mend(compiled, outside.now);
    for (const { path, text, before, reasons } of changes) {
      if (!values['dry-run']) await writeAtomically(join(folder.root, path), text, before);
      if (!values['json']) outside.stdout.write(`${folder.prefix}${path}: ${reasons.join(', ')}\n`);
    }
    if (values['json']) {
      const files = changes.map(({ path, reasons }) => ({ path: folder.prefix + path, reasons }));
      outside.stdout.write(`${JSON.stringify({ files, written: !values['dry-run'] }, null, 2)}\n`);
    } else if (changes.length === 0) outside.stdout.write('Nothing to mend.\n');
    else if (values['dry-run']) outside.stdout.write('Nothing was written (--dry-run).\n');
    return 0;
  },
};

async function techniqueChanges({ plan, files }: Compiled, outside: Outside, path: string): Promise<Mended[]> {
  if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
  const official = await officialAttack(resolve(outside.cwd, path));
  const differences = Map.groupBy(compareWithAttack(plan, official), (difference) => difference.document.path);
  return [...differences].flatMap(([file, found]) => {
    const before = String(files.find((candidate) => candidate.path === file));
    const text = applyEdits(before, attackEdits(before, found, official.version));
    return text === before ? [] : [{ path: file, text, before, reasons: found.map(reasonOf) }];
  });
}

function reasonOf(difference: Difference): string {
  switch (difference.what) {
    case 'renamed':
      return `rename to "${difference.to}"`;
    case 'moved':
      return `set tactics to ${difference.to.join(', ')}`;
    case 'revoked':
      return `mark as revoked${difference.by ? ` in favour of ${difference.by}` : ''}`;
    case 'deprecated':
      return 'mark as deprecated';
    case 'unknown':
      return 'unknown to ATT&CK';
  }
}
