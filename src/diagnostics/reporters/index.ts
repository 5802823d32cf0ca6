/** The forms in which diagnostics are told. A list and nothing else. */

import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { human } from './human.ts';
import { json } from './json.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';

export const reporters = { human, json, sarif, github, gitlab } satisfies Record<string, Reporter>;
export type ReporterName = keyof typeof reporters;
