import { doneByItself } from './ci/by-itself.ts';
import type { Repository } from './files.ts';

/** README.md of a plan repository: for those who keep the plan, not for those who follow it. */
export function readme({ answers, engine }: Repository): string {
  const organisation = answers.organisation ?? '[ORGANISATION]';
  const { forge, branch, readers } = answers;
  const byItself = doneByItself({ forge, branch, deploy: readers === undefined ? undefined : { readers } });
  return `# Incident response plan of ${organisation}

This repository holds the plan as text. [Firebreak](https://www.npmjs.com/package/${engine.name}) checks it and builds a site of it, which also works offline and on paper. If an incident is going on, do not read this file: open the site, or the printed plan.

## Commands

On a machine with git and npm:

| command | what it does |
| --- | --- |
| \`npm ci\` | installs what the commands below need, Node included, as \`package-lock.json\` lists it. An older Node than 22.18 warns of \`EBADENGINE\`: that is no fault, since the commands run on the Node that is installed here |
| \`npm run dev\` | serves the plan while you edit it |
| \`npm run check\` | tells everything that is wrong with the plan, and how far it is from adopted |
| \`npm run check -- --adoption\` | lists everything that is left to fill in |
| \`npm run build\` | builds the site into \`site-dist/\` |
| \`npm run preview\` | serves what was built, to look at it before others do |
| \`npx firebreak help\` | lists the other commands |

## From a draft to a plan in force

The plan was begun from the starter plan of Firebreak. Every document is a draft, and what only you can know is a blank in capitals and brackets, such as \`[NUMBER]\`. \`npm run check -- --adoption\` counts what is left. In this order it does the most good:

1. **Numbers.** \`content/contacts/\`: one file for each number that may be called. Delete ways that you do not have. Call each number, then set \`verifiedOn\`. \`npx firebreak fix\` writes the numbers into the texts that name them.
2. **\`content/plan.yaml\`.** Variables, who may decide what (\`authority\`), how urgent is what (\`priority\`), and which facts about the organisation hold (\`incidentFacts\`; ask counsel).
3. **Duties.** \`content/notifications/\` with counsel: which hold for you? Nothing in this plan is legal advice.
4. **Resources.** \`content/resources/\`: where each is and how much of it. What does not exist is deleted, or bought.
5. **Runbooks**, beginning with the unclassified incident. Read each as if you had to follow it; play one before you trust it.
6. **Approve.** \`npx firebreak approve runbook:unclassified-incident\`, by somebody who has the power and did not write the document: it sets \`status: approved\` and writes down who approved which text. Who may approve what stands under \`approvers\` in \`content/plan.yaml\` (\`name\`, \`addresses\` of commits, \`roles\`): begin there, since the approval of anybody else is a claim that does not count.

## A change

1. \`git switch --create shorter-first-minutes\`, then edit with \`npm run dev\` beside it, which says what is wrong where it stands.
2. \`npm run check\`, and \`npx firebreak diff\`, which tells in words what changed. \`npx firebreak fix\` gives ids to new steps.
3. Commit, push, and have it read by somebody else before it is merged. An approval holds for the text that was approved: what is changed is approved again.
4. Where somebody read a document and nothing had to change: \`npx firebreak review runbook:unclassified-incident\`.

## Where things are

| to change | go to |
| --- | --- |
| what is done in an incident of a kind | \`content/runbooks/\` |
| a step that several runbooks use | \`content/actions/\` |
| who does what, and how they are called | \`content/roles/\`, \`content/contacts/\` |
| names, numbers and places that many documents say | \`variables\` in \`content/plan.yaml\` |
| which tools you use | \`stack\` in \`content/plan.yaml\` |

Ids and file names never change once they are published: \`content/ids.lock\` keeps the list, and \`npx firebreak fix\` adds to it.
${byItself}
## Editors

Visual Studio Code, Zed and Helix find the schemas by the settings in this repository; VS Code also runs the check and shows what it finds beside the text, in front matter and blocks too. Another editor with yaml-language-server needs the same list: \`.vscode/settings.json\` has it. \`npm run check -- --watch\` works beside any editor.

## A new version of Firebreak

Change the version of \`${engine.name}\` in \`package.json\` and run \`npm install\`. Where \`npm run check\` says that the plan is of the schema version before, \`npx firebreak migrate\` brings it to the newest and says what moved and why. Then run \`npm run check\` and \`npm run build\`, and send what changed as a change of its own.
`;
}
