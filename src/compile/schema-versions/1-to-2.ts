import type { SchemaStep } from './step.ts';

/** Contacts are reached, not reviewed: how often stands with the other periods of upkeep. */
export const from1To2: SchemaStep = {
  from: 1,
  to: 2,
  moves: [
    {
      schema: 'plan',
      from: '/reviewEvery/contact',
      to: '/upkeep/verifyContacts',
      why: 'A contact is not reviewed but reached; how often stands beside the other periods of upkeep.',
    },
  ],
};
