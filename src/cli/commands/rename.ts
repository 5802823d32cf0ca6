import { join } from 'node:path';
import { compile } from '../../compile/index.ts';
import { type Renamed, rename } from '../../compile/rename.ts';
import { CannotRename } from '../../compile/rename-edits.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { Plan } from '../../model/plan.ts';
import { CannotRun, type Command } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { writeTogether } from '../write-atomically.ts';

/** Gives a document or a step another id, everywhere. */
export const renameCommand: Command = {
  name: 'rename',
  summary: 'Give a document or a step another id, everywhere; the old address leads on',
  usage: '<reference> <new id>',
  progress: 'Renaming',
  options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' }, ...contentOption },
  help: {
    'dry-run': 'say what would change and write nothing',
    json: 'tell the result as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak rename role:analyst security-analyst',
    'firebreak rename runbook:ransomware#capture-memory memory-first',
    'firebreak rename runbook:phishing phishing-of-staff --dry-run',
  ],
  async run(outside, values, [reference, newId, ...others]) {
    if (reference === undefined || newId === undefined || others.length > 0)
      throw new CannotRun('Write what and how it shall be called: firebreak rename role:analyst security-analyst.');
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    let result: Renamed;
    try {
      result = rename(compiled, reference, newId, outside.now);
    } catch (reason) {
      if (!(reason instanceof CannotRename)) throw reason;
      throw new CannotRun(reason.message + (compiled.plan ? meant(compiled.plan, reference) : ''));
    }
    if (result.errors.length > 0) {
      for (const { file, reason, note } of result.errors)
        outside.stderr.write(`error ${folder.prefix}${file}: ${reason}\n  help: ${note}\n`);
      outside.stderr.write('Nothing was written.\n');
      return 1;
    }
    if (!values['dry-run'])
      await writeTogether(
        result.files.map(({ path, before, after }) => ({ path: join(folder.root, path), before, after })),
      );
    outside.stdout.write(
      values['json']
        ? asJson(result, folder.prefix, !values['dry-run'])
        : told(result, folder.prefix, !values['dry-run']),
    );
    return 0;
  },
};

function meant(plan: Plan, reference: string): string {
  if (plan.documents.has(reference)) return '';
  const [name = ''] = reference.split('#');
  const document = plan.documents.get(name);
  const steps = document?.body?.steps.map(({ id }) => `${name}#${id}`) ?? [];
  if (steps.includes(reference)) return '';
  const other = nearestName(reference, document ? steps : [...plan.documents.keys()]);
  return other ? ` Did you mean "${other}"?` : '';
}

function told({ from, to, files, approvalsLost }: Renamed, prefix: string, written: boolean): string {
  const lines = files
    .filter(({ path }) => path !== 'ids.lock')
    .map(({ path, before, after, places }) => {
      if (after === undefined) return `  ${prefix}${path} is gone`;
      const count = `${places} ${places === 1 ? 'place' : 'places'}`;
      return before === undefined ? `  ${prefix}${path} is new, ${count} changed` : `  ${prefix}${path}: ${count}`;
    });
  const approvals =
    approvalsLost.length > 0 ? `To be approved again, since their text names it: ${approvalsLost.join(', ')}.\n` : '';
  return `${from} ${written ? 'is now' : 'would be'} ${to}\n${lines.join('\n')}\n${prefix}ids.lock keeps the old name, and its address on the site leads on.\n${approvals}${written ? '' : 'Nothing was written (--dry-run).\n'}`;
}

function asJson({ from, to, files, approvalsLost }: Renamed, prefix: string, written: boolean): string {
  const changed = files.map(({ path, before, after, places }) => ({
    path: prefix + path,
    change: before === undefined ? 'made' : after === undefined ? 'removed' : 'edited',
    places,
  }));
  return `${JSON.stringify({ from, to, written, files: changed, approvalsLost }, null, 2)}\n`;
}
