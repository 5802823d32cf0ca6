/** The answers that a plan is made from: given as options or in a file, asked for, or taken from what is usual. */

import { readFile } from 'node:fs/promises';
import { VFile } from 'vfile';
import { propertySchema, validate } from '../../compile/schemas.ts';
import { parseYaml } from '../../compile/yaml.ts';
import { human } from '../../diagnostics/reporters/human.ts';
import { forgeOfHost } from '../../model/forge-address.ts';
import type { InitAnswers, StarterChoices } from '../../model/schema-types.ts';
import { CannotRun } from '../command.ts';

type Always =
  | 'timeZone'
  | 'language'
  | 'sector'
  | 'size'
  | 'jurisdictions'
  | 'data'
  | 'runs'
  | 'circumstances'
  | 'frameworks'
  | 'endpoints'
  | 'identity'
  | 'mail'
  | 'cloud'
  | 'virtualisation'
  | 'forge'
  | 'branch';

/** Answers in which nothing is open but what stays a blank of the plan. */
export type Answers = InitAnswers & Required<Pick<InitAnswers, Always>>;

/** Names of the answers, in the order in which they are asked for. */
export const answerNames = [
  'organisation',
  'shortName',
  'domain',
  'timeZone',
  'language',
  'sector',
  'size',
  'jurisdictions',
  'data',
  'runs',
  'circumstances',
  'frameworks',
  'endpoints',
  'identity',
  'mail',
  'cloud',
  'virtualisation',
  'edr',
  'siem',
  'ticketing',
  'reportMailbox',
  'emergencyNumber',
  'numbers',
  'team',
  'repository',
  'forge',
  'branch',
  'readers',
] as const satisfies readonly (keyof InitAnswers)[];

export type AnswerName = (typeof answerNames)[number];

/** An answer as it is written on the command line or at the terminal. @throws CannotRun for what the schema refuses */
export function answerFromText(name: AnswerName, text: string): InitAnswers {
  const type = propertySchema('answers', name)?.['type'] as string | undefined;
  if (name === 'numbers') return checked({ numbers: numbersIn(text) }, `--${optionOf(name)}`);
  const value = type === 'array' ? listIn(text) : text;
  return checked({ [name]: value }, `--${optionOf(name)}`);
}

/** `a, b` as a list; `none` is the empty one. */
function listIn(text: string): string[] {
  return text === 'none' ? [] : text.split(/[\s,]+/).filter((entry) => entry !== '');
}

/** `security-on-call=+1 202 555 0101, …` */
function numbersIn(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return Object.fromEntries(pairs.map(([contact = '', number = '']) => [contact, number]));
}

/** The option that gives an answer: `report-mailbox`. */
export function optionOf(name: AnswerName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Answers from a file, YAML or JSON. @throws CannotRun with every fault and its place */
export async function answersIn(path: string, shown: string): Promise<InitAnswers> {
  const text = await readFile(path, 'utf8').catch((reason: Error) => {
    throw new CannotRun(`${shown} cannot be read: ${reason.message}`);
  });
  const file = new VFile({ path: shown, value: text });
  const yaml = parseYaml(text, file);
  const data = (yaml.data ?? {}) as InitAnswers;
  if (yaml.valid) validate('answers', data, 'The file of answers', file, { value: yaml.rangeOf, key: yaml.keyRangeOf });
  if (file.messages.length > 0) throw new CannotRun(`${shown} cannot be used.\n\n${faultsOf(file)}`);
  return data;
}

/** Checks answers that have no file. */
function checked(answers: Record<string, unknown>, what: string): InitAnswers {
  const file = new VFile({ path: what, value: '' });
  const start = { line: 1, column: 1, offset: 0 };
  const nowhere = () => ({ start, end: start });
  validate('answers', answers, 'The answer', file, { value: nowhere, key: nowhere });
  if (file.messages.length === 0) return answers as InitAnswers;
  throw new CannotRun(
    file.messages.map((message) => `${what}: ${message.reason} ${message.note ?? ''}`.trim()).join('\n'),
  );
}

function faultsOf(file: VFile): string {
  return human([file], { color: false, prefix: '', documents: 1 }).replace(/\n[^\n]*checked[^\n]*\n$/, '');
}

/** Puts what is usual in the place of answers that are missing. */
export function completed(given: InitAnswers, { sectors, emergencyNumbers }: StarterChoices): Answers {
  const usual = <Name extends AnswerName>(name: Name) =>
    (given[name] ?? propertySchema('answers', name)?.['default']) as NonNullable<InitAnswers[Name]>;
  const sector = usual('sector');
  const jurisdictions = usual('jurisdictions');
  const emergencyNumber = given.emergencyNumber ?? emergencyNumbers[jurisdictions[0] ?? ''];
  return {
    ...given,
    language: usual('language'),
    timeZone: given.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    sector,
    size: usual('size'),
    jurisdictions,
    data: usual('data'),
    runs: given.runs ?? (sectors[sector]?.runs as Answers['runs'] | undefined) ?? [],
    circumstances: usual('circumstances'),
    frameworks: usual('frameworks'),
    endpoints: usual('endpoints'),
    identity: usual('identity'),
    mail: usual('mail'),
    cloud: usual('cloud'),
    virtualisation: usual('virtualisation'),
    forge: given.forge ?? (given.repository ? forgeOfHost(new URL(given.repository).hostname) : 'git'),
    branch: usual('branch'),
    ...(emergencyNumber === undefined ? {} : { emergencyNumber }),
  };
}
