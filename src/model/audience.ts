/** For whom a plan is built, and what each may read: labels are the organisation's own, TLP is the mark for sharing. */

import type { Document, KindName } from './document.ts';
import type { PlanSettings } from './schema-types.ts';

type Tlp = NonNullable<PlanSettings['tlp']>;

/** The marks of TLP 2.0, the most open first. */
const tlpOrder: readonly Tlp[] = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'];

export interface Audience {
  id: string;
  name: string;
  /** Ids of the labels that it may read. */
  labels: readonly string[];
  /** The mark of its build and the strictest that it may read; without it the plan's, and all but RED. */
  tlp?: Tlp;
  /** What stands in the place of a name that it may not read. */
  references: 'withheld' | 'nothing';
  /** Whether it hears who changed a document and why. */
  history?: boolean;
}

/** What a plan says of the audience that it was made for. */
export interface PlanAudience extends Pick<Audience, 'id' | 'name'> {
  /** Kinds of which something is left out: an empty list on a page then says so, and does not say that there is none. */
  withheld: readonly KindName[];
  /** Whether a name that is withheld is said to be. */
  says: boolean;
}

/** The audience of a build that names none. */
export const usualAudience = 'internal';

type Label = NonNullable<PlanSettings['labels']>[number];

const usualLabels: readonly Label[] = [
  { id: 'restricted', name: 'Restricted', meaning: 'Members of the response team, by name.' },
  { id: 'internal', name: 'Internal', meaning: 'Staff of the organisation.' },
  { id: 'public', name: 'Public', meaning: 'Everybody.' },
];

/** The labels of a plan, or the usual ones. */
export function labelsOf({ labels }: PlanSettings): readonly Label[] {
  return labels && labels.length > 0 ? labels : usualLabels;
}

/** The audiences of a plan, or the usual ones. There is always one that a build without a name is for. */
export function audiencesOf(settings: PlanSettings): readonly Audience[] {
  const ids = labelsOf(settings).map(({ id }) => id);
  const whole: Audience = { id: usualAudience, name: 'Internal', labels: ids, references: 'withheld' };
  if (!settings.audiences || settings.audiences.length === 0)
    return [
      whole,
      { id: 'auditor', name: 'Auditor', labels: ids.slice(1), references: 'withheld' },
      { id: 'public', name: 'Public', labels: ids.filter((id) => id === 'public'), references: 'withheld' },
    ];
  const named = settings.audiences.map(
    (audience): Audience => ({ ...audience, references: audience.references ?? 'withheld' }),
  );
  return named.some(({ id }) => id === usualAudience) ? named : [whole, ...named];
}

/** The audience of a name; undefined when the plan has none of it. */
export function audienceNamed(settings: PlanSettings, id: string): Audience | undefined {
  return audiencesOf(settings).find((audience) => audience.id === id);
}

/** The label of what has none of its own: nothing is open unless the plan says so. */
export function defaultLabel(settings: PlanSettings, kind: KindName | 'plan'): string {
  return settings.defaultLabels?.[kind] ?? labelsOf(settings)[0]?.id ?? '';
}

/** The label of a document. */
function labelOf(settings: PlanSettings, { kind, data }: Pick<Document, 'kind' | 'data'>): string {
  return (data as { label?: string }).label ?? defaultLabel(settings, kind);
}

/** Whether a document is kept from an audience as a whole. */
export function isKeptFrom(
  settings: PlanSettings,
  audience: Audience,
  document: Pick<Document, 'kind' | 'data'>,
): boolean {
  if (isRed(settings, document) || !audience.labels.includes(labelOf(settings, document))) return true;
  const { tlp } = document.data as { tlp?: Tlp };
  return tlp !== undefined && audience.tlp !== undefined && tlpOrder.indexOf(tlp) > tlpOrder.indexOf(audience.tlp);
}

/** Whether a document is marked TLP:RED, which is for the ears of those in the room and in no build. */
export function isRed(settings: PlanSettings, { data }: Pick<Document, 'data'>): boolean {
  return ((data as { tlp?: Tlp }).tlp ?? settings.tlp) === 'RED';
}

/** The label of a variable, by its name or that of its group. Who the plan belongs to is in every build. */
export function labelOfVariable(settings: PlanSettings, name: string): string | undefined {
  const group = name.split('.')[0] as string;
  if (group === 'organisation') return undefined;
  return settings.variableLabels?.[name] ?? settings.variableLabels?.[group] ?? defaultLabel(settings, 'plan');
}
