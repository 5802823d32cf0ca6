import { h } from 'hastscript';
import type { BlockAttributes } from '../model/schema-types.ts';
import { defineBlock, insideSteps } from './block.ts';

type EvidenceKind = BlockAttributes['evidence']['kind'];
type Volatility = NonNullable<BlockAttributes['evidence']['volatility']>;

/** How soon each kind of evidence is usually lost, after the order of volatility of RFC 3227 section 2.1. */
const usualVolatility: Record<EvidenceKind, Volatility> = {
  memory: 'seconds',
  'network-state': 'seconds',
  processes: 'seconds',
  'temporary-files': 'minutes',
  'network-traffic': 'minutes',
  'cloud-state': 'hours',
  logs: 'hours',
  'remote-logs': 'days',
  mailbox: 'days',
  disk: 'days',
  physical: 'stable',
  backups: 'stable',
};

/** What evidence to collect, and how. */
export const evidence = defineBlock<'evidence'>({
  name: 'Evidence',
  schema: 'evidence',
  standsIn: insideSteps,
  draw(block, draw) {
    const { kind, volatility = usualVolatility[kind] } = block.attributes;
    const { text } = draw;
    return [
      h('aside.evidence', { className: [`evidence-${volatility}`] }, [
        h('p.evidence-word', `${text.evidence}: ${text.evidenceKinds[kind]}, ${text.lostWithin[volatility]}`),
        ...draw.children(block.children),
      ]),
    ];
  },
});
