/** "Suggest a change to this part" on the page of an action, where it is read apart from any runbook. */

import { suggestLabel } from '../../model/suggest-label.ts';
import { isTaken, suggestLine } from './lesson/suggest-here.ts';

const page = document.querySelector<HTMLElement>('[data-action]');
if (page && isTaken())
  for (const part of page.querySelectorAll('.part')) {
    const open = () =>
      void import('./lesson/suggest.ts').then(({ suggestPart }) => suggestPart(page.dataset['action'] ?? '', part.id));
    part.append(suggestLine(suggestLabel(document.documentElement.lang, 'part'), open));
  }
