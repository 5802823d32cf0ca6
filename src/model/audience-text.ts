/** What a build for an audience says in the place of what is left out. */

const english = {
  /** In the place of a name. No document can have it as its id. */
  withheld: '(withheld)',
  withheldKind: (kind: string) => `(${kind} withheld)`,
  withheldTelephone: '(number withheld)',
  withheldAddress: '(address withheld)',
  withheldLink: '(link withheld)',
  withheldParts: (numbers: readonly string[]) =>
    `${numbers.length > 2 ? `${numbers[0]} to ${numbers.at(-1)}` : numbers.join(' and ')}: withheld.`,
  part: (letter: string) => `Part ${letter}`,
  /** Where the setting is to say nothing, a sentence still must not have a hole. */
  nothing: '…',
  madeFor: (audience: string) => `for ${audience}`,
  audience: 'Made for',
  someWithheld:
    'What this audience may not read is left out of this site; where it is named stands “withheld”. Numbers of steps are those of the whole plan.',
  contactsWithheld: 'How to reach this role is withheld.',
  nothingShown: 'Nothing that this site shows.',
};

export type AudienceText = typeof english;

/** The words for what is withheld in the language of a plan; English where there is no other. */
export function audienceText(_language: string | undefined): AudienceText {
  return english;
}
