/** The questions of `firebreak init` at a terminal: those that change what is written. The rest is edited later. */

import { propertySchema } from '../../compile/schemas.ts';
import type { InitAnswers, StarterChoices } from '../../model/schema-types.ts';
import { CannotRun, type Outside } from '../command.ts';
import { type AnswerName, answerFromText, answerNames, completed } from './answers.ts';

// These are rarely another than the usual, or are blanks of the plan that are filled in later.
const notAsked: readonly AnswerName[] = [
  'shortName',
  'language',
  'virtualisation',
  'reportMailbox',
  'emergencyNumber',
  'branch',
];

const asked = answerNames.filter((name) => !notAsked.includes(name));

/** Who is called first; their numbers stand on the first page. */
const firstNumbers = ['security-on-call', 'incident-commander-on-call', 'deputy-commander-on-call'];

/** Asks for what was not given. An empty answer takes what stands in brackets, or leaves a blank. */
export async function askForAnswers(
  { stderr }: Pick<Outside, 'stderr'>,
  ask: NonNullable<Outside['ask']>,
  given: InitAnswers,
  choices: StarterChoices,
): Promise<InitAnswers> {
  let answers = given;
  const open = asked.filter((name) => given[name] === undefined);
  stderr.write(
    `${open.length} questions. An empty answer takes what stands in brackets. Several are written with commas; none is "none".\n`,
  );
  for (const [index, name] of open.entries()) {
    stderr.write(`\n${index + 1} of ${open.length}\n`);
    if (name === 'numbers') answers = { ...answers, ...(await askForNumbers(stderr, ask)) };
    else answers = { ...answers, ...(await askUntilRight(stderr, ask, name, usual(name, answers, choices))) };
  }
  return answers;
}

async function askForNumbers(stderr: Outside['stderr'], ask: NonNullable<Outside['ask']>): Promise<InitAnswers> {
  const numbers: Record<string, string> = {};
  for (const contact of firstNumbers) {
    const { numbers: answer = {} } = await untilRight(stderr, async () => {
      const number = (
        await ask(`Telephone number of ${contact.replaceAll('-', ' ')} (a phone that works without your network)\n> `)
      ).trim();
      return number === '' ? {} : answerFromText('numbers', `${contact}=${number}`);
    });
    Object.assign(numbers, answer);
  }
  return Object.keys(numbers).length > 0 ? { numbers } : {};
}

function askUntilRight(
  stderr: Outside['stderr'],
  ask: NonNullable<Outside['ask']>,
  name: AnswerName,
  preset: string,
): Promise<InitAnswers> {
  return untilRight(stderr, async () => {
    const answer = (await ask(`${question(name)}\n[${preset}] > `)).trim();
    return answer === '' ? {} : answerFromText(name, answer);
  });
}

async function untilRight(stderr: Outside['stderr'], attempt: () => Promise<InitAnswers>): Promise<InitAnswers> {
  for (;;) {
    try {
      return await attempt();
    } catch (reason) {
      if (!(reason instanceof CannotRun)) throw reason;
      // Nobody has written an option here.
      stderr.write(`${reason.message.replace(/^--[a-z-]+: /, '')}\n`);
    }
  }
}

/** The description of an answer without its default, and the values that are allowed. */
function question(name: AnswerName): string {
  const schema = propertySchema('answers', name) ?? {};
  const words = String(schema['description']).replace(/\s*Default: .*$/, '');
  const values = (schema['enum'] ?? schema['items']?.enum) as string[] | undefined;
  return values ? `${words}\n  ${schema['enum'] ? 'one' : 'any'} of: ${values.join(', ')}` : words;
}

function usual(name: AnswerName, answers: InitAnswers, choices: StarterChoices): string {
  const value = completed(answers, choices)[name];
  if (Array.isArray(value)) return value.join(', ') || 'none';
  return value === undefined ? 'left blank' : String(value);
}
