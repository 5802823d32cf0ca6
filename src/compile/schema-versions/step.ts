import type { KindName } from '../../model/document.ts';

/** A property that stands elsewhere from one version of the schemas to the next. */
export interface Move {
  /** The schema that it is of. */
  schema: 'plan' | KindName;
  /** Where it stood, as a JSON Pointer. */
  from: string;
  /** Where it stands now. What stands there already is kept. */
  to: string;
  /** Why, in a sentence. */
  why: string;
}

/** All that is different in the next version of the schemas. */
export interface SchemaStep {
  from: number;
  to: number;
  moves: readonly Move[];
}
