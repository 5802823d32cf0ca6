/** Between the phrases of one entry of a record: written by the build, read by the browser. */
export const phraseMark = ' · ';
