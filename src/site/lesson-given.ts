import { repositoryOf } from '../model/forge-address.ts';
import { repositoryMarks } from '../model/lesson-release.ts';
import { hostsOf } from '../model/own-hosts.ts';
import type { Given } from './client/lesson/propose.ts';
import type { Site } from './site.ts';

/** What a page must know of the plan to propose a lesson: where lessons go, and what must not go there. */
export function lessonGiven({ plan: { settings }, folder }: Pick<Site, 'plan' | 'folder'>): Given {
  return {
    folder: `${folder ? `${folder}/` : ''}lessons/`,
    hosts: hostsOf(settings),
    marks: repositoryMarks(settings),
    ...(settings.repository ? { repository: repositoryOf(settings.repository) } : {}),
  };
}
