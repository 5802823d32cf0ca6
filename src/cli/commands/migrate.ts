import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { newErrors, recompiled } from '../../compile/edited.ts';
import { compile } from '../../compile/index.ts';
import { newestSchema } from '../../compile/schema-versions/index.ts';
import { type Migration, migrate } from '../../proposals/migrate.ts';
import { CannotEdit } from '../../proposals/yaml-edit.ts';
import { CannotRun, type Command } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { writeTogether } from '../write-atomically.ts';

/** Brings a plan of an older version of the schemas to the newest. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the plan to the newest version of the schemas, as text edits, and say what changed and why',
  usage: '',
  progress: 'Reading the plan',
  options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' }, ...contentOption },
  help: {
    'dry-run': 'show the difference and write nothing',
    json: 'tell the result as JSON',
    ...contentHelp,
  },
  examples: ['firebreak migrate --dry-run', 'firebreak migrate'],
  async run(outside, values) {
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    let migration: Migration | undefined;
    try {
      migration = migrate(compiled);
    } catch (reason) {
      if (!(reason instanceof CannotEdit || reason instanceof RangeError)) throw reason;
      throw new CannotRun(`${reason.message} Run \`firebreak check\` first.`);
    }
    const written = migration !== undefined && !values['dry-run'];
    if (migration) {
      const texts = new Map(migration.files.map(({ path, after }) => [path, after]));
      const errors = newErrors(compiled, recompiled(compiled, texts, outside.now));
      if (errors.length > 0) {
        for (const { file, reason, note } of errors)
          outside.stderr.write(`error ${folder.prefix}${file}: ${reason}\n  help: ${note}\n`);
        outside.stderr.write('Nothing was written.\n');
        return 1;
      }
      if (written)
        await writeTogether(
          migration.files.map(({ path, before, after }) => ({ path: join(folder.root, path), before, after })),
        );
    }
    outside.stdout.write(
      values['json'] ? asJson(migration, folder.prefix, written) : told(migration, folder.prefix, written),
    );
    return 0;
  },
};

function told(migration: Migration | undefined, prefix: string, written: boolean): string {
  if (!migration) return `The plan is of schema version ${newestSchema}, the newest that this Firebreak knows.\n`;
  const { from, to, files } = migration;
  const lines = files.flatMap(({ path, moves }) =>
    moves.map((move) => `  ${prefix}${path}: ${named(move.from)} is ${named(move.to)}\n    ${move.why}\n`),
  );
  const differences = written
    ? ''
    : `\n${files.map(({ path, before, after }) => patch(prefix + path, before, after)).join('\n')}\nNothing was written (--dry-run).\n`;
  return `Schema version ${from} ${written ? 'became' : 'would become'} ${to}, in ${files.map(({ path }) => prefix + path).join(', ')}.\n${lines.join('')}${differences}`;
}

/** `/upkeep/verifyContacts` as somebody says it. */
const named = (pointer: string) => pointer.slice(1).replaceAll('/', '.');

function patch(path: string, before: string, after: string): string {
  const text = createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 2 });
  return text.slice(text.indexOf('---'));
}

function asJson(migration: Migration | undefined, prefix: string, written: boolean): string {
  const files = (migration?.files ?? []).map(({ path, moves }) => ({ path: prefix + path, moves }));
  const { from = newestSchema, to = newestSchema } = migration ?? {};
  return `${JSON.stringify({ from, to, written, files }, null, 2)}\n`;
}
