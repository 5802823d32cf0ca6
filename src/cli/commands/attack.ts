import { resolve } from 'node:path';
import {
  compareWithAttack,
  differenceInWords,
  NotAttack,
  type OfficialAttack,
  readAttack,
} from '../../audit/attack.ts';
import { compile } from '../../compile/index.ts';
import { CannotRun, type Command } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';

/** Compares the plan's techniques with ATT&CK as MITRE publishes it. */
export const attack: Command = {
  name: 'attack',
  summary: 'Compare the techniques of the plan with the official ATT&CK data',
  usage: 'check <STIX bundle or folder>',
  options: { json: { type: 'boolean' }, ...contentOption },
  help: { json: 'print the differences as JSON', ...contentHelp },
  examples: ['firebreak attack check enterprise-attack.json', 'firebreak fix --attack enterprise-attack.json'],
  async run(outside, values, [verb, path]) {
    if (verb !== 'check' || path === undefined)
      throw new CannotRun(
        'Write: firebreak attack check <STIX bundle or folder>. MITRE publishes it as enterprise-attack.json.',
      );
    const folder = await planFolder(outside, values['content']);
    const official = await officialAttack(resolve(outside.cwd, path));
    const { plan } = await compile(folder.root, outside.now);
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const differences = compareWithAttack(plan, official);
    if (values['json']) {
      const data = differences.map(({ document, ...difference }) => ({
        technique: document.id,
        path: folder.prefix + document.path,
        ...difference,
      }));
      outside.stdout.write(`${JSON.stringify({ version: official.version ?? null, differences: data }, null, 2)}\n`);
    } else {
      for (const difference of differences) {
        const { start } = difference.document.rangeOf(difference.what === 'moved' ? '/tactics' : '/title');
        outside.stdout.write(
          `${folder.prefix}${difference.document.path}:${start.line}:${start.column}  ${differenceInWords(difference)}\n`,
        );
      }
      const count =
        plan.documents.size === 0
          ? 0
          : [...plan.documents.values()].filter((document) => document.kind === 'technique').length;
      const against = official.version ? `ATT&CK ${official.version}` : 'ATT&CK';
      outside.stdout.write(
        differences.length === 0
          ? `${count} techniques agree with ${against}.\n`
          : `${differences.length} of ${count} techniques differ from ${against}. \`firebreak fix --attack ${path}\` applies what can be applied.\n`,
      );
    }
    return differences.length > 0 ? 1 : 0;
  },
};

/** Reads ATT&CK for a command; what is wrong with the data is told in one line. */
export async function officialAttack(path: string): Promise<OfficialAttack> {
  try {
    return await readAttack(path);
  } catch (reason) {
    if (reason instanceof NotAttack) throw new CannotRun(reason.message);
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') throw new CannotRun(`${path} does not exist.`);
    throw reason;
  }
}
