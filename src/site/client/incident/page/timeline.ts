/** The timeline of the record, and what is corrected in it. */

import { correctionOf } from '../../../../model/incident/correction.ts';
import { instantOf, localOf, utcOf } from '../../../../model/incident/record.ts';
import { aboutOf, leadOf, type Names, sentenceOf } from '../../../../model/incident/report.ts';
import type { Line } from '../../../../model/incident/state.ts';
import type { IncidentPlan } from '../../../../model/incident/steps.ts';
import { button, field, make, redraw } from '../elements.ts';
import { stepAddress } from '../plan.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';
import type { View } from './view.ts';

export function drawTimeline(place: HTMLElement, { session, plan, names }: View): void {
  redraw(
    place,
    make(
      'table',
      // A phone stacks the rows, and browsers forget then what they are.
      { class: 'timeline', role: 'table' },
      make(
        'thead',
        { role: 'rowgroup' },
        make(
          'tr',
          { role: 'row' },
          [text.utc, text.local, text.by, text.what].map((title) =>
            make('th', { scope: 'col', role: 'columnheader' }, title),
          ),
        ),
      ),
      make(
        'tbody',
        { role: 'rowgroup' },
        togetherOnForms(session.state.timeline).map((lines) => {
          const [line] = lines;
          return make(
            'tr',
            { role: 'row' },
            make('td', { role: 'cell', class: 'time' }, utcOf(line.entry.at)),
            make('td', { role: 'cell', class: 'time quiet' }, localOf(line.entry.at)),
            make('td', { role: 'cell', class: 'timeline-by' }, line.entry.by),
            make(
              'td',
              { role: 'cell' },
              lines.length > 1 ? writtenOf(lines, names) : whatOf(line, names, plan),
              correcting(line, session),
            ),
          );
        }),
      ),
    ),
  );
}

/** Milliseconds within which answers on one form are one line of the timeline. */
const together = 10 * 60_000;

/** The lines as they are read: answers that one person gave on one form soon after each other are together. */
function togetherOnForms(lines: readonly Line[]): [Line, ...Line[]][] {
  const groups: [Line, ...Line[]][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const last = group?.at(-1)?.entry;
    const { entry } = line;
    if (
      group &&
      last?.type === 'form-written' &&
      entry.type === 'form-written' &&
      last.by === entry.by &&
      last.data.form === entry.data.form &&
      instantOf(entry.at) - instantOf(last.at) < together
    )
      group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** Several answers on one form; of each the last. */
function writtenOf(lines: readonly Line[], names: Names): Node[] {
  const answers = new Map<string, { place: string; value: string }>();
  let form = '';
  for (const { entry } of lines)
    if (entry.type === 'form-written') {
      const written = names.written(entry.data);
      form = written.form;
      answers.set(entry.data.field, written);
    }
  return [
    make(
      'details',
      {},
      make('summary', {}, `${form}: ${text.answers(answers.size)}`),
      make(
        'ul',
        {},
        [...answers.values()].map(({ place, value }) => make('li', {}, `${place}: ${value || text.answerTakenBack}`)),
      ),
    ),
  ];
}

function whatOf(line: Line, names: Names, plan: IncidentPlan): (Node | string | false | undefined)[] {
  const { entry } = line;
  const about = aboutOf(entry, names);
  const href = 'ref' in entry && entry.ref ? stepAddress(plan, entry.ref) : undefined;
  const lead = about && leadOf(about);
  const said = sentenceOf(entry, names, text);
  const correction = correctionOf(line, text);
  return [
    lead !== undefined && (href ? make('a', { href }, lead) : lead),
    lead !== undefined && ' ',
    correction ? make('del', {}, said) : said,
    correction !== undefined && ` ${correction}`,
    line.reason !== undefined && ` ${text.reason(line.reason)}`,
  ];
}

/** What somebody wrote in words can be wrong; what is right is said beside it. */
function correcting({ entry, correction }: Line, session: Session): Node | false {
  if (entry.type !== 'note' || correction) return false;
  const place = make('div', { class: 'screen-only' });
  const begin = button(
    text.correct,
    () => {
      const right = make('textarea', { rows: '2', maxlength: '20000' });
      right.value = entry.data.text;
      redraw(
        place,
        field(text.correctLabel, right),
        make(
          'div',
          { class: 'incident-buttons' },
          button(text.correct, () => {
            const words = right.value.trim();
            void session.does({ type: 'corrected', data: { of: entry.id, ...(words ? { text: words } : {}) } });
          }),
          button(text.cancel, () => redraw(place, begin)),
        ),
      );
      right.focus();
    },
    { class: 'button-quiet', 'data-key': `correct ${entry.id}` },
  );
  place.append(begin);
  return place;
}
