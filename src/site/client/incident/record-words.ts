import { recordText } from '../../../model/incident/record-text.ts';
import { text as always } from './session.ts';

/** The words of the start and of the record's page, with those that every page of an open incident has. */
export const text = { ...always, ...recordText(document.documentElement.lang) };
