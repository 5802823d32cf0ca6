/**
 * The plan as an OSCAL component definition: which documents the plan names for which control. Of OSCAL's models it is
 * the one that fits what a plan knows of itself: a document is a component of the type `plan`, and what it does for a
 * control is said by whoever wrote it. Assessment results are for an assessor to write, and nothing here says that a
 * control is satisfied.
 *
 * Sources: usnistgov/OSCAL v1.2.2, src/metaschema/oscal_component_metaschema.xml (members, allowed types of components)
 * and oscal_metadata_metaschema.xml; usnistgov/oscal-content for the catalogues and the ids in them.
 */

import { v5 } from 'uuid';
import { kinds } from '../../kinds/index.ts';
import type { Document } from '../../model/document.ts';
import type { Plan } from '../../model/plan.ts';
import { formatReference } from '../../model/reference.ts';
import { type FrameworkCoverage, type RequirementCoverage, requirementsOf } from '../coverage/requirements.ts';

// Of names below it the same identifiers are made on every machine (RFC 9562, version 5).
const namespace = 'b2c1c8a4-6c0e-5d0b-9f0e-6d5f9d3c7a11';
const properties = 'https://firebreak.example/ns/oscal';

const content = 'https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov';

/** Catalogues that are published in OSCAL, and how they write the number of a requirement. */
const catalogues: { framework: RegExp; source: string; idOf: (identifier: string) => string }[] = [
  {
    framework: /^NIST SP 800-53\s*r(ev\.? ?)?5\b/i,
    source: `${content}/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json`,
    // IR-4(1) is ir-4.1
    idOf: (identifier) => identifier.toLowerCase().replace(/\s*\((\d+)\)$/, '.$1'),
  },
  {
    framework: /^NIST CSF 2\.0\b/i,
    source: `${content}/CSF/v2.0/json/NIST_CSF_v2.0_catalog.json`,
    idOf: (identifier) => identifier.toUpperCase(),
  },
];

/** What of a plan is told in OSCAL; frameworks without a published catalogue cannot be. */
export interface OscalSource {
  plan: Plan;
  /** Id of the commit; undefined outside git. */
  commit?: string | undefined;
  /** When it was committed, or else the day of the report: ISO 8601. */
  at: string;
}

/** The component definition; undefined where the plan names no control of a catalogue that is published in OSCAL. */
export function componentDefinition({ plan, commit, at }: OscalSource): Record<string, unknown> | undefined {
  const { title, organisation } = plan.settings;
  const id = (name: string) => v5(`${organisation.name}\n${title}\n${name}`, namespace);
  const implementations = requirementsOf(plan).flatMap((framework) => implementationOf(framework, id));
  if (implementations.length === 0) return undefined;
  const answering = new Map(
    implementations.flatMap(({ documents }) => documents.map((document) => [formatReference(document), document])),
  );
  return {
    'component-definition': {
      uuid: id(`definition ${commit ?? at}`),
      metadata: {
        title: `${title}: controls that its documents address`,
        'last-modified': at,
        version: commit?.slice(0, 8) ?? 'no commit',
        'oscal-version': '1.2.2',
        remarks:
          'Written from the plan by Firebreak. It repeats what the plan says of itself and is no finding of an assessor.',
      },
      components: [
        {
          uuid: id('plan'),
          type: 'plan',
          title,
          description: plan.settings.summary ?? `The incident response plan of ${organisation.name}.`,
          'control-implementations': implementations.map(({ implementation }) => implementation),
        },
      ],
      'back-matter': {
        resources: [...answering]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, document]) => ({ uuid: id(name), title: nameOf(document), description: name })),
      },
    },
  };
}

type Identify = (name: string) => string;

function implementationOf({ framework, requirements }: FrameworkCoverage, id: Identify) {
  const catalogue = catalogues.find((known) => known.framework.test(framework));
  if (!catalogue) return [];
  const answered = requirements.filter(({ answers }) => answers.length > 0);
  const others = requirements.filter(({ answers }) => answers.length === 0);
  if (answered.length === 0) return [];
  const implementation = {
    uuid: id(framework),
    source: catalogue.source,
    description: `${framework}, as far as the plan names documents for it.${
      others.length > 0
        ? ` It names none that these readers may read for ${others.map(({ control }) => control.data.identifier).join(', ')}.`
        : ''
    }`,
    'implemented-requirements': [...answered]
      .sort((a, b) => (a.control.data.identifier < b.control.data.identifier ? -1 : 1))
      .map((requirement) => requirementOf(requirement, catalogue.idOf, id)),
  };
  return [{ implementation, documents: answered.flatMap(({ answers }) => answers.map(({ document }) => document)) }];
}

function requirementOf(
  { control, answers, state, gap }: RequirementCoverage,
  idOf: (identifier: string) => string,
  id: Identify,
): Record<string, unknown> {
  const documents = [...new Map(answers.map(({ document }) => [formatReference(document), document])).values()];
  return {
    uuid: id(formatReference(control)),
    'control-id': idOf(control.data.identifier),
    description: `The plan says that these documents address it: ${documents.map(nameOf).join('; ')}.`,
    props: [{ name: 'coverage', ns: properties, value: state }],
    links: documents.map((document) => ({ href: `#${id(formatReference(document))}`, rel: 'reference' })),
    ...(gap ? { remarks: `Not addressed, as the plan says: ${gap.trim()}` } : {}),
  };
}

const nameOf = ({ kind, data }: Document) => `${kinds.get(kind)?.label.one ?? kind} ${data.title}`;
