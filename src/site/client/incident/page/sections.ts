/** The sections of the record that stand above its timeline, each drawn anew after a change. */

import { localOf, utcOf } from '../../../../model/incident/record.ts';
import { sentenceOf } from '../../../../model/incident/report.ts';
import { rolesOf } from '../../../../model/incident/state.ts';
import { openSteps, type RunbookSteps } from '../../../../model/incident/steps.ts';
import { button, make, redraw } from '../elements.ts';
import { stepAddress } from '../plan.ts';
import { text } from '../record-words.ts';
import { shortTime } from '../times.ts';
import type { View } from './view.ts';

export function drawHead(place: HTMLElement, { session, names }: View, mergedAt: string | undefined): void {
  const { state, keeping, person } = session;
  redraw(
    place,
    make('p', { class: 'incident-title' }, state.name),
    make(
      'dl',
      { class: 'facts' },
      make('dt', {}, text.priority),
      make('dd', {}, state.priority ? names.priority(state.priority.entry.data.priority) : text.priorityLater),
      make('dt', {}, text.startedAt),
      make('dd', {}, `${utcOf(state.startedAt)} UTC, ${localOf(state.startedAt)}`),
      make('dt', {}, text.by),
      make(
        'dd',
        {},
        make('span', { class: 'screen-only' }, text.youAre(person)),
        make('span', { class: 'paper-only' }, person),
      ),
      make('dt', {}, text.where),
      make('dd', {}, mergedAt ? text.mergedAt(shortTime(mergedAt)) : text.deviceOnly),
    ),
    make(
      'p',
      { class: 'small quiet screen-only' },
      { kept: text.kept, 'may-drop': text.mayDrop, full: text.full, refused: text.notKept }[keeping],
    ),
  );
}

export function drawConflicts(place: HTMLElement, { session, names }: View): void {
  const { conflicts } = session.state;
  redraw(
    place,
    conflicts.length > 0 &&
      make(
        'section',
        { class: 'incident-conflicts', 'aria-labelledby': 'conflicts' },
        make('h2', { id: 'conflicts' }, text.conflicts),
        make('p', {}, text.conflictsWhy),
        conflicts.map(({ about, entries }) => {
          const words = () => {
            switch (about.kind) {
              case 'step': {
                const { name, text: instruction } = names.reference(about.name);
                return `${name} ${instruction}`;
              }
              case 'role':
                return text.about.role(names.role(about.name));
              case 'fact':
                return text.about.fact(text.factNames[about.name] ?? about.name);
              case 'form': {
                const { form, place } = names.written({ form: about.name, field: about.field, value: '' });
                return text.about.form(form, place);
              }
              case 'id':
                return text.about.id(about.name);
              default:
                return text.about[about.kind];
            }
          };
          return make(
            'div',
            {},
            make('h3', {}, words()),
            make(
              'ul',
              {},
              entries.map((entry) =>
                make('li', {}, `${utcOf(entry.at)} UTC, ${entry.by}: ${sentenceOf(entry, names, text)}`),
              ),
            ),
          );
        }),
      ),
  );
}

/** By role: whose it is comes first, since that is what is asked. */
export function drawOpen(place: HTMLElement, { session, plan, runbooks, names }: View): void {
  const { state } = session;
  const groups = new Map<string, { runbook: RunbookSteps; step: RunbookSteps['steps'][number] }[]>();
  for (const runbook of runbooks)
    for (const step of openSteps(state, runbook)) {
      const [role = ''] = step.roles;
      groups.set(role, [...(groups.get(role) ?? []), { runbook, step }]);
    }
  const mine = rolesOf(state, session.person);
  const order = [...groups].sort(([a], [b]) => Number(mine.includes(b)) - Number(mine.includes(a)));
  redraw(
    place,
    runbooks.length === 0 && make('p', { class: 'quiet' }, text.noRunbook),
    runbooks.length > 0 && groups.size === 0 && make('p', { class: 'quiet' }, text.nothingOpen),
    order.map(([role, steps], index) =>
      make(
        'details',
        { class: 'open-of-role', open: index === 0 },
        make(
          'summary',
          {},
          `${role ? names.role(role) : text.nobody} `,
          make(
            'span',
            { class: 'quiet' },
            `${state.roles.get(role)?.join(', ') ?? text.nobody}, ${text.openForAll(steps.length)}`,
          ),
        ),
        make(
          'ul',
          { class: 'rows' },
          steps.map(({ runbook, step }) =>
            make(
              'li',
              {},
              make(
                'a',
                { href: stepAddress(plan, `runbook:${runbook.id}#${step.id}`) },
                `${runbook.code} ${step.number} ${step.text}`,
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

export function drawRoles(place: HTMLElement, { session, plan, names }: View): void {
  const { state } = session;
  const row = (role: string) => {
    const holders = state.roles.get(role) ?? [];
    const isMine = holders.includes(session.person) && holders.length === 1;
    return make(
      'li',
      { class: 'incident-role' },
      make('span', {}, make('strong', {}, names.role(role)), ` ${holders.join(', ')}`),
      button(
        isMine ? text.giveUp : text.take,
        () => void session.does({ type: isMine ? 'role-left' : 'role-taken', data: { role } }),
        { 'data-key': `role ${role}`, 'aria-label': `${isMine ? text.giveUp : text.take}: ${names.role(role)}` },
      ),
    );
  };
  const held = [...state.roles.keys()];
  const free = plan.roles.map(({ id }) => id).filter((id) => !held.includes(id));
  const wasOpen = place.querySelector('details')?.open ?? held.length === 0;
  redraw(
    place,
    held.length > 0 && make('ul', { class: 'rows' }, held.map(row)),
    make(
      'details',
      { open: wasOpen },
      make('summary', {}, text.freeRoles),
      make('ul', { class: 'rows incident-roles' }, free.map(row)),
    ),
  );
}

export function drawFacts(place: HTMLElement, { session }: View): void {
  const { facts, clocks } = session.state;
  redraw(
    place,
    make(
      'dl',
      { class: 'facts' },
      [...facts.values()].flatMap(({ data, by }) => [
        make('dt', {}, text.factNames[data.name] ?? data.name),
        make(
          'dd',
          {},
          [data.time ? `${utcOf(data.time)} UTC, ${localOf(data.time)}` : '', data.text ?? '']
            .filter(Boolean)
            .join(', '),
          make('span', { class: 'quiet small' }, ` ${by}`),
        ),
      ]),
      [...clocks].flatMap(([device, { data, by }]) => [
        make('dt', {}, text.clockOf(by, device === session.store.device)),
        make('dd', {}, text.clockSays(data.ahead, data.with)),
      ]),
    ),
  );
}

export function drawTargets(place: HTMLElement, { session }: View): void {
  const targets = session.state.targets.filter(({ kind }) => kind !== 'indicator');
  redraw(
    place,
    targets.length === 0
      ? make('p', { class: 'quiet' }, text.noTargets)
      : make(
          'ul',
          { class: 'rows' },
          targets.map(({ kind, value, note }) =>
            make(
              'li',
              { class: 'incident-role' },
              make('span', {}, `${text.targetKinds[kind]} `, make('code', {}, value), note ? ` ${note}` : ''),
              button(
                text.remove,
                () => void session.does({ type: 'target-removed', data: { target: { kind, value } } }),
                {
                  'data-key': `target ${kind} ${value}`,
                  'aria-label': `${text.remove}: ${value}`,
                },
              ),
            ),
          ),
        ),
  );
}
