/** Everything in a plan repository beside its content, as text. */

import type { Answers } from './answers.ts';
import { editorFiles } from './editors.ts';
import { forgeFiles } from './forge-files.ts';
import { readme } from './readme.ts';
import type { EnginePackage } from './starter.ts';

export interface Repository {
  /** Name of the folder. */
  name: string;
  answers: Answers;
  engine: EnginePackage;
  /** What package.json installs as the engine. */
  engineSpec: string;
}

/** Text of each file, by path from the repository's root. */
export async function repositoryFiles(repository: Repository): Promise<Map<string, string>> {
  return new Map([
    ['README.md', readme(repository)],
    ['astro.config.mjs', astroConfigText],
    ['package.json', packageText(repository)],
    ['.gitignore', ignored],
    ['.gitattributes', attributes],
    ['.editorconfig', editorConfig],
    ...(await editorFiles()),
    ...forgeFiles(repository.answers),
  ]);
}

/** The same as the one of the engine's own repository, but for where the integration comes from. */
const astroConfigText = `import { defineConfig } from 'astro/config';
import firebreak from 'firebreak/astro';

export default defineConfig({ integrations: [firebreak()], outDir: 'site-dist' });
`;

function packageText({ name, engine, engineSpec }: Repository): string {
  const pinned = Object.entries(engine.optionalDependencies).filter(([dependency]) => /^node-/.test(dependency));
  const text = {
    name: packageName(name),
    private: true,
    type: 'module',
    scripts: {
      dev: 'firebreak dev',
      check: 'firebreak check',
      build: 'firebreak build',
      preview: 'firebreak preview',
    },
    dependencies: { [engine.name]: engineSpec },
    // Node itself, as a program that npm installs: everybody builds with the same one.
    optionalDependencies: Object.fromEntries(pinned),
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

/** A name that npm accepts, from the name of a folder. */
function packageName(folder: string): string {
  const name = folder
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, 200);
  return name === '' || name === 'node_modules' || name === 'firebreak' ? 'incident-response-plan' : name;
}

const ignored = `node_modules
site-dist/
.astro/
.firebreak/
`;

const attributes = `* text=auto eol=lf
content/ids.lock merge=union
*.png binary
`;

const editorConfig = `root = true

[*]
charset = utf-8
end_of_line = lf
indent_style = space
indent_size = 2
insert_final_newline = true
trim_trailing_whitespace = true

[*.{md,mdx}]
trim_trailing_whitespace = false
`;
