/** Settings of editors: schemas for what is typed, snippets for blocks, and the check beside the text. */

import { kinds } from '../../kinds/index.ts';

/** Text of each file, by path from the repository's root. */
export function editorFiles(): [string, string][] {
  return [
    ['.vscode/settings.json', json({ 'yaml.schemas': schemas('./'), 'files.eol': '\n', '[mdx]': wrapped, '[yaml]': wrapped })],
    // Red Hat's extension reads schemas; the other one knows MDX. The check is the task.
    ['.vscode/extensions.json', json({ recommendations: ['redhat.vscode-yaml', 'unifiedjs.vscode-mdx', 'editorconfig.editorconfig'] })],
    ['.vscode/tasks.json', json(tasks)],
    ['.vscode/firebreak.code-snippets', json(snippets)],
    ['.zed/settings.json', json({ lsp: { 'yaml-language-server': { settings: { yaml: { schemas: schemas('./') } } } } })],
    ['.helix/languages.toml', helix()],
  ];
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const wrapped = { 'editor.wordWrap': 'on' };

/** Which schema holds for which files. Front matter is read by language servers that look into MDX; the others skip it. */
function schemas(root: string): Record<string, string[]> {
  const schema = (name: string) => `${root}node_modules/firebreak/schemas/${name}.schema.json`;
  return {
    [schema('plan')]: ['content/plan.yaml'],
    ...Object.fromEntries(
      [...kinds.values()].map(({ name, folder, endings }) => [
        schema(name),
        endings.map((ending) => `content/${folder}/**/*${ending}`),
      ]),
    ),
  };
}

function helix(): string {
  const lines = Object.entries(schemas('./')).map(([schema, globs]) => `${JSON.stringify(schema)} = ${JSON.stringify(globs)}`);
  return `[language-server.yaml-language-server.config.yaml.schemas]\n${lines.join('\n')}\n`;
}

/** The check as a task: what it finds stands in the list of problems, at its line, front matter and blocks included. */
const tasks = {
  version: '2.0.0',
  tasks: [
    {
      label: 'firebreak: check',
      detail: 'Check the plan now and after every change',
      type: 'shell',
      command: 'npm run --silent check -- --watch',
      options: { env: { NO_COLOR: '1' } },
      isBackground: true,
      presentation: { reveal: 'never' },
      runOptions: { runOn: 'folderOpen' },
      problemMatcher: {
        owner: 'firebreak',
        source: 'firebreak',
        fileLocation: ['relative', '${' + 'workspaceFolder}'],
        pattern: [
          { regexp: '^(error|warning|hint) (.*) ([a-z-]+)$', severity: 1, message: 2, code: 3 },
          { regexp: '^  (.+?):(\\d+):(\\d+)$', file: 1, line: 2, column: 3 },
        ],
        background: { activeOnStart: true, beginsPattern: '^A file changed\\.$', endsPattern: '^\\d+ documents? checked' },
      },
    },
  ],
};

const snippet = (prefix: string, description: string, ...body: string[]) => ({ scope: 'mdx,markdown', prefix, description, body });

const snippets = {
  Step: snippet('step', 'One action with one responsible role', '<Step id="${1:verb-and-what}" role="${2:analyst}"${3: within="${4:15 min}" from="${5|detection,declaration,previous|}"}>', '', '${6:Do one thing.}', '', '${0:How, and what to look at.}', '', '</Step>'),
  Use: snippet('use', 'A step that is written once, in actions/', '<Use id="${1:isolate-host}" action="${2:isolate-host}"${3: targets="${4|hosts,accounts,indicators|}"} />$0'),
  Decision: snippet('decision', 'A question whose options lead to steps', '<Decision id="${1:is-it-spreading}" decider="${2:incident-commander}" deputy="${3:deputy-commander}" within="${4:15 min}" from="${5|detection,declaration,previous|}" otherwise="${6:yes}">', '', '${7:Is it spreading?}', '', '<Option id="yes" to="${8:next}">${9:Yes, or not sure.}</Option>', '<Option id="no" to="${10:step-id}">${11:No.}</Option>', '', '</Decision>', '$0'),
  Caution: snippet('caution', 'A warning that stands before a step', '<Caution>', '', '${1:What must not be done, and why.}', '', '</Caution>', '$0'),
  Command: snippet('command', 'A command to type', '<Command shell="${1|bash,powershell|}" on="${2:where it is typed}" as="${3:which account}">', '', '```', '${4:command}', '```', '', '</Command>', '$0'),
  Verify: snippet('verify', 'How to see that a step worked', '<Verify>', '', '${1:What is seen when it worked.}', '', '</Verify>', '$0'),
  Undo: snippet('undo', 'How a step is taken back', '<Undo>', '', '${1:How it is taken back.}', '', '</Undo>', '$0'),
  Link: snippet('ref', 'A link to another document', '[${1:words}](${2|runbook,action,role,contact,worksheet,message,notification,resource,phase,page,term|}:${3:id})$0'),
};
