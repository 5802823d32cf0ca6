/** Settings of editors: schemas for what is typed, snippets for blocks, and the check beside the text. */

import { kinds } from '../../kinds/index.ts';
import { starterFile } from './starter.ts';

/** Text of each file, by path from the repository's root. */
export async function editorFiles(): Promise<[string, string][]> {
  return [
    [
      '.vscode/settings.json',
      json({ 'yaml.schemas': schemas('./'), 'files.eol': '\n', '[mdx]': wrapped, '[yaml]': wrapped }),
    ],
    // Red Hat's extension reads schemas; the other one knows MDX. The check is the task.
    [
      '.vscode/extensions.json',
      json({ recommendations: ['redhat.vscode-yaml', 'unifiedjs.vscode-mdx', 'editorconfig.editorconfig'] }),
    ],
    // The check as a task: what it finds stands in the list of problems, front matter and blocks included.
    ['.vscode/tasks.json', await starterFile('vscode-tasks.json')],
    ['.vscode/firebreak.code-snippets', await starterFile('vscode-snippets.json')],
    [
      '.zed/settings.json',
      json({ lsp: { 'yaml-language-server': { settings: { yaml: { schemas: schemas('./') } } } } }),
    ],
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
  const lines = Object.entries(schemas('./')).map(
    ([schema, globs]) => `${JSON.stringify(schema)} = ${JSON.stringify(globs)}`,
  );
  return `[language-server.yaml-language-server.config.yaml.schemas]\n${lines.join('\n')}\n`;
}
