/** What a forge reads from a plan repository: who reviews what, and what a pull request says. */

import type { Answers } from './answers.ts';
import { ciFiles } from './ci/index.ts';

/** Text of each file, by path from the repository's root. */
export function forgeFiles(answers: Answers): [string, string][] {
  const { forge, branch, readers } = answers;
  const deploy = readers === undefined ? undefined : { readers };
  return [...reviewFiles(answers), ...ciFiles({ forge, branch, contentFolder: 'content', deploy })];
}

function reviewFiles({ forge, team = [] }: Answers): [string, string][] {
  const owners = team.length > 0 ? team.join(' ') : undefined;
  switch (forge) {
    case 'github':
      return [
        ['.github/pull_request_template.md', pullRequest('pull request')],
        ['.github/CODEOWNERS', codeOwners('*', owners)],
      ];
    case 'gitlab':
      return [
        ['.gitlab/merge_request_templates/Default.md', pullRequest('merge request')],
        ['.gitlab/CODEOWNERS', codeOwners('*', owners)],
      ];
    case 'gitea':
      return [
        ['.gitea/pull_request_template.md', pullRequest('pull request')],
        // Gitea reads regular expressions, not patterns as in .gitignore.
        ['.gitea/CODEOWNERS', codeOwners('.*', owners)],
      ];
    default:
      return [];
  }
}

function codeOwners(everything: string, owners: string | undefined): string {
  const who = owners ? `${everything} ${owners}` : `# ${everything} [TEAM]`;
  return `# Who reviews which file. An approval of a document counts when somebody listed gave it who is not the author.\n${who}\n`;
}

const pullRequest = (name: string) => `## What changes, and why

<!-- In a sentence or two. Name the lesson or the incident, without what identifies people or systems. -->

## Before this ${name} is merged

- [ ] \`npm run check\` finds no error.
- [ ] Somebody who has the role read the changed steps as if they had to follow them at night.
- [ ] Numbers that were changed were called.
- [ ] What changes for people who hold a printed copy is told to them.
`;
