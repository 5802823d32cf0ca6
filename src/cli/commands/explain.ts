import { readFile } from 'node:fs/promises';
import { catalogue, type DiagnosticId, diagnosticIds } from '../../diagnostics/catalogue.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { CannotRun, type Command } from '../command.ts';

const pages = new URL('../../../docs/diagnostics/', import.meta.url);

/** Prints the page of a diagnostic. */
export const explain: Command = {
  name: 'explain',
  summary: 'Say more about a diagnostic: what it means, how to mend it, why the rule exists',
  usage: '[id]',
  options: { json: { type: 'boolean' } },
  help: { json: 'without an id: list the diagnostics as JSON' },
  examples: ['firebreak explain evidence-destroyed', 'firebreak explain'],
  async run(outside, values, [id]) {
    if (id === undefined && values['json']) {
      const all = diagnosticIds.map((name) => ({ id: name, level: catalogue[name].level }));
      outside.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
      return 0;
    }
    if (id === undefined) {
      const width = Math.max(...diagnosticIds.map((name) => name.length));
      for (const name of diagnosticIds) outside.stdout.write(`${name.padEnd(width)}  ${catalogue[name].level}\n`);
      return 0;
    }
    if (!Object.hasOwn(catalogue, id)) {
      const meant = nearestName(id, diagnosticIds);
      throw new CannotRun(
        `There is no diagnostic "${id}".${meant ? ` Did you mean "${meant}"?` : ''} \`firebreak explain\` lists them.`,
      );
    }
    outside.stdout.write(await readFile(new URL(`${id as DiagnosticId}.md`, pages), 'utf8'));
    return 0;
  },
};
