/** What an open incident must know of the forms of a plan: the words of their places, and the rules of its duties. */

import { shapeInline } from '../compile/inline.ts';
import { moments } from '../model/duties.ts';
import {
  clocksForm,
  type FieldWords,
  type FormWords,
  type IncidentForms,
  worksheetForm,
} from '../model/incident/forms.ts';
import { type InterfaceText, interfaceText } from '../model/interface-text.ts';
import { documentsOf, isCurrent, type Plan } from '../model/plan.ts';
import { type Choice, choiceLists, choicesOf, type WorksheetField } from '../model/worksheet.ts';
import { documentPath } from './addresses.ts';
import { generalPlaces } from './clocks/kept.ts';
import { dutyRules } from './clocks/rules.ts';
import { textOf } from './search/plain-text.ts';

export function incidentForms(plan: Plan): IncidentForms {
  const text = interfaceText(plan.settings.language);
  const rules = dutyRules(plan);
  const plain = (markdown: string) => textOf(shapeInline(markdown).tree.children, plan);
  const duties = Object.fromEntries(
    documentsOf(plan, 'notification')
      .filter((notification) => isCurrent(notification))
      .flatMap(({ id, data }) =>
        data.clocks.map((clock) => [
          `${id}#${clock.id}`,
          { title: `${data.title}: ${plain(clock.what).replace(/\.$/, '')}`, recipient: plain(clock.recipient) },
        ]),
      ),
  );
  const factNames = Object.fromEntries(rules.facts.map(({ id, name }) => [id, name]));
  const dutyNames = Object.fromEntries(Object.entries(duties).map(([name, { title }]) => [name, title]));
  return {
    forms: { ...worksheets(plan, text), [clocksForm]: clocksWords(text, factNames, dutyNames) },
    rules,
    duties,
  };
}

function worksheets(plan: Plan, text: InterfaceText): Record<string, FormWords> {
  const lists = choiceLists(plan, text);
  return Object.fromEntries(
    documentsOf(plan, 'worksheet').map((document) => {
      const { code, title, sections } = document.data;
      const words: FormWords = {
        name: `${code} ${title}`,
        path: documentPath(document),
        sections: Object.fromEntries(
          sections.map((section) => [
            section.id,
            {
              title: section.title,
              fields: Object.fromEntries(
                section.fields.map((field) => [
                  field.id,
                  { label: field.label, ...optionsOf(choicesOf(field, lists, text)), ...lessonOf(field) },
                ]),
              ),
            },
          ]),
        ),
      };
      return [worksheetForm(document.id), words];
    }),
  );
}

/** Where a lesson made of the answers has this one. */
function lessonOf({ lesson, start, end }: WorksheetField): Pick<FieldWords, 'lesson' | 'between'> {
  return lesson ? { lesson, ...(start && end ? { between: [start, end] } : {}) } : {};
}

function optionsOf(choices: readonly Choice[]): { options?: Record<string, string> } {
  return choices.length > 0 ? { options: Object.fromEntries(choices.map(({ id, label }) => [id, label])) } : {};
}

function clocksWords(
  { clocks }: InterfaceText,
  facts: Record<string, string>,
  duties: Record<string, string>,
): FormWords {
  const labelled = (labels: Record<string, string>) =>
    Object.fromEntries(Object.entries(labels).map(([field, label]) => [field, { label }]));
  return {
    name: clocks.title,
    path: 'clocks/',
    sections: {
      facts: {
        title: '',
        rows: facts,
        fields: {
          answer: { label: '', options: clocks.answers },
          ...labelled({ at: clocks.at, by: clocks.by, why: clocks.reason }),
        },
      },
      moments: {
        title: '',
        fields: labelled(Object.fromEntries(moments.map((moment) => [moment, clocks.moments[moment][0] as string]))),
      },
      general: {
        title: '',
        fields: labelled({
          [generalPlaces.people.field]: clocks.peopleLabel,
          [generalPlaces.timeZone.field]: clocks.timeZone,
          [generalPlaces.holidays.field]: clocks.holidays,
        }),
      },
      duties: {
        title: '',
        rows: duties,
        fields: {
          decision: { label: clocks.decision, options: clocks.decisions },
          ...labelled({
            why: clocks.decisionReason,
            by: clocks.decidedBy,
            sent: clocks.sentAt,
            start: clocks.ownStart,
          }),
        },
      },
    },
  };
}
