import { nearestName } from '../../model/nearest-name.ts';
import type { WorksheetData } from '../../model/schema-types.ts';
import type { DocumentCheck } from '../kind.ts';

type Field = WorksheetData['sections'][number]['fields'][number];

/** Ids of fields are unique, computed fields name fields that can feed them, and what a record fills has its source. */
export function checkWorksheet({ document, report }: DocumentCheck<'worksheet'>): void {
  const fields = document.data.sections.flatMap((section, s) =>
    section.fields.map((field, f) => ({ field, pointer: `/sections/${s}/fields/${f}` })),
  );
  const names = new Set<string>();
  for (const { field, pointer } of fields) {
    if (names.has(field.id)) report('duplicate-id', { name: field.id }, `${pointer}/id`);
    names.add(field.id);
  }
  const require = (pointer: string, property: keyof Field, name: unknown, types: Field['type'][]) => {
    const known = fields.filter(({ field }) => types.includes(field.type)).map(({ field }) => field.id);
    if (name === undefined) report('missing-property', { property, of: 'The computed field' }, pointer);
    else if (!known.includes(name as string))
      report(
        'unknown-field',
        { name: String(name), nearest: nearestName(String(name), known), known },
        `${pointer}/${property}`,
      );
  };
  for (const { field, pointer } of fields) {
    if (field.type === 'priority')
      for (const property of ['criticality', 'impact'] as const)
        require(pointer, property, field[property], ['choice']);
    if (field.type === 'deadline' || field.type === 'elapsed') require(pointer, 'start', field.start, ['date-time']);
    if (field.type === 'deadline' && field.within === undefined)
      report('missing-property', { property: 'within', of: 'The deadline' }, pointer);
    if (field.type === 'elapsed') require(pointer, 'end', field.end, ['date-time']);
    if ((field.type === 'choice' || field.type === 'choices') && !field.options && !field.optionsFrom)
      report('missing-property', { property: 'options', of: 'The choice' }, pointer);
    if (field.prefill === 'role-holder' && field.prefillRole === undefined)
      report('missing-property', { property: 'prefillRole', of: 'The field' }, pointer);
  }
  document.data.sections.forEach((section, s) => {
    const pointer = `/sections/${s}`;
    if (section.rowsFrom && section.repeat === undefined)
      report('missing-property', { property: 'repeat', of: 'The section with rowsFrom' }, pointer);
    const rowField = section.fields.find(({ prefill }) => prefill?.startsWith('row-'));
    if (rowField && !section.rowsFrom)
      report(
        'missing-property',
        { property: 'rowsFrom', of: `The section whose field ${rowField.id} shows a row` },
        pointer,
      );
  });
}
