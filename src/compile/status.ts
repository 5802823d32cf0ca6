import type { Document } from '../model/document.ts';
import { propertySchema } from './schemas.ts';

/** Whether a document of a kind that is approved does not say that it is: what says nothing is a draft. */
export function isDraft({ kind, data }: Pick<Document, 'kind' | 'data'>): boolean {
  const status = 'status' in data ? data.status : undefined;
  return propertySchema(kind, 'status') !== undefined && (status ?? 'draft') === 'draft';
}
