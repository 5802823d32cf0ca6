/** Where the files of an open incident are, from the site's folder. Apart from what makes them, so that a page can name them. */

/** The plan's part. */
export const incidentPlanPath = '_firebreak/incident-plan.json';

/** What forms are called and duties are judged by. */
export const incidentFormsPath = '_firebreak/incident-forms.json';

/** The parts of an action, for whoever suggests a change of one. */
export const actionPartsPath = (action: string) => `actions/${action}/parts.json`;

/** Changes of lessons that are in the plan and that nobody has confirmed yet. */
export const openLoopsPath = '_firebreak/open-loops.json';

/** The schema of a record; the record's page links to it. */
export const recordSchemaPath = 'incident/record.schema.json';
