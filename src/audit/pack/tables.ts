/** The lists of a report as files for spreadsheets; their columns are the properties that the schema gives to a row. */

import type { SchemaObject } from 'ajv/dist/2020.js';
import { validatorOf } from '../../compile/schemas.ts';
import { csvFile } from '../../model/csv.ts';
import type { AuditReport } from '../../model/schema-types.ts';

/** Lists of a report, with the names of their files. */
const files = {
  openPoints: 'open-points',
  releases: 'releases',
  approvals: 'approvals',
  holders: 'holders',
  incidents: 'incidents',
  reviews: 'reviews',
  runbooks: 'exercised-runbooks',
  exercises: 'exercise-register',
  lessons: 'lessons-register',
  lessonChanges: 'lesson-changes',
  actionItems: 'action-items',
  readiness: 'readiness',
  trainings: 'trainings',
  changes: 'change-log',
  removed: 'taken-out',
} as const satisfies Partial<Record<keyof AuditReport, string>>;

type Section = keyof typeof files;

/** A CSV file for each list: names of columns, then a row for each entry. An empty list has names of columns alone. */
export function tablesOf(report: AuditReport): Map<string, string> {
  const sections = (Object.keys(files) as Section[]).filter((section) => report[section] !== undefined);
  return new Map(
    sections.map((section) => {
      const columns = columnsOf(section);
      const rows = (report[section] as unknown as Record<string, unknown>[]).map((row) =>
        columns.map((path) => cell(path.split('.').reduce<unknown>(inside, row))),
      );
      return [`${files[section]}.csv`, csvFile([columns, ...rows])];
    }),
  );
}

/** Names of the columns of a list; what is an object has one for each of its properties, as `proof.state`. */
function columnsOf(section: Section): string[] {
  const { properties, $defs } = validatorOf('audit-report').schema as SchemaObject;
  const rows = properties[section].items.properties as Record<string, SchemaObject>;
  return Object.entries(rows).flatMap(([name, schema]) => {
    const definition = /^#\/\$defs\/(.+)$/.exec(schema['$ref'] ?? '')?.[1];
    return definition ? Object.keys($defs[definition].properties).map((inner) => `${name}.${inner}`) : [name];
  });
}

const inside = (value: unknown, name: string) => (value as Record<string, unknown> | undefined)?.[name];

function cell(value: unknown): string {
  if (Array.isArray(value)) return value.join('; ');
  return value === undefined ? '' : String(value);
}
