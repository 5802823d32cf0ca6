/**
 * Proposing a lesson from the site: without a token and without a server. A person sees the whole text, where it goes
 * and who can read it there, and sends it on the forge's own page. What may not go there is only saved.
 */

import { type ForgeRepository, newFilePage, uploadPage } from '../../../model/forge-address.ts';
import { keptOut, marksIn, type RepositoryMarks } from '../../../model/lesson-release.ts';
import { lessonText } from '../../../model/lesson-text.ts';
import { button, make } from '../incident/elements.ts';
import { saveText } from './save.ts';

const text = lessonText(document.documentElement.lang);

/** What the page knows of the plan. */
export interface Given {
  /** Path of the folder of lessons in the repository. */
  folder: string;
  /** Hosts that the plan itself names. */
  hosts: string[];
  /** Who can read the repository. */
  marks: RepositoryMarks;
  repository?: ForgeRepository;
}

interface Proposal {
  given: Given;
  /** Name of the file. */
  file: string;
  lesson: string;
  /** A legal hold is in force on the record. */
  isHeld: boolean;
}

export function proposeDialog({ given, file, lesson, isHeld }: Proposal): void {
  const { repository } = given;
  const path = given.folder + file;
  const { hold, ...marks } = marksIn(lesson);
  const out = keptOut({ ...marks, hold: isHeld || hold === true }, given.marks);
  const mayGo = repository && !out;
  const page = mayGo ? newFilePage(repository, path, lesson) : undefined;
  const upload = mayGo ? uploadPage(repository, given.folder.replace(/\/$/, '')) : undefined;
  const dialog = make('dialog', { class: 'lesson-propose', 'aria-labelledby': 'propose-title' });
  const said = make('p', { role: 'status', class: 'incident-told' });
  const save = () => {
    said.textContent = text.saved(saveText(file, lesson));
  };
  const ways = (): (Node | string)[] => {
    if (out) {
      const why = out.why === 'hold' ? text.held : text.tooSecret(out.mark, out.of);
      return [make('p', { class: 'field-fault' }, why), button(text.save, save)];
    }
    if (!repository) return [make('p', {}, text.noRepository), button(text.save, save)];
    const where = make('p', {}, text.goesTo(repository.address, path), ' ', make('strong', {}, text.readBy));
    // Only what the browser knows for sure: it may be online and still not reach the forge.
    if (!navigator.onLine)
      return [where, make('p', {}, text.offline(path)), button(text.save, save, { class: 'button-main' })];
    if (page)
      return [
        where,
        make('p', {}, text.openWhy),
        make('a', { class: 'button button-main', href: page, target: '_blank', rel: 'noreferrer' }, text.open),
        button(text.save, save),
      ];
    if (upload)
      return [
        where,
        make('p', {}, text.uploadWhy),
        make(
          'a',
          { class: 'button button-main', href: upload, target: '_blank', rel: 'noreferrer', onclick: save },
          text.upload,
        ),
      ];
    return [where, make('p', {}, text.byHand(path)), button(text.save, save)];
  };
  const how = make('div', {}, ways());
  dialog.append(
    make('h2', { id: 'propose-title' }, text.proposeTitle),
    make('pre', { class: 'lesson-whole', tabindex: '0', role: 'group', 'aria-label': text.text }, lesson),
    how,
    said,
    button(text.cancel, () => dialog.close()),
  );
  const closed = new AbortController();
  const turned = () => how.replaceChildren(...ways());
  for (const event of ['online', 'offline']) window.addEventListener(event, turned, { signal: closed.signal });
  dialog.addEventListener('close', () => {
    closed.abort();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}
