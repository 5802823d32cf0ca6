/** The words of a tree, as a reader sees them, for the search index. */
import type { Nodes, RootContent } from 'mdast';
import { type Block, isBlock } from '../../model/content.ts';
import type { Plan } from '../../model/plan.ts';

/** What stands between the parts of a text that a reader sees apart. */
const apart = ' ';

/** The text of nodes, with the values of variables in place. `leaveOut` names blocks that have a record of their own. */
export function textOf(nodes: readonly RootContent[], plan: Plan, leaveOut?: (block: Block) => boolean): string {
  const pieces: string[] = [];
  for (const node of nodes) collect(node, plan, pieces, leaveOut);
  return pieces.join('').replace(/\s+/g, ' ').trim();
}

const flow = new Set(['paragraph', 'heading', 'listItem', 'blockquote', 'code', 'block', 'break']);

function collect(node: Nodes, plan: Plan, pieces: string[], leaveOut?: (block: Block) => boolean): void {
  if (isBlock(node)) {
    if (leaveOut?.(node)) return;
    // Where a command is run is what people remember of it.
    if (isBlock(node, 'command')) pieces.push(apart, node.attributes.on, apart);
    if (isBlock(node, 'placeholder')) pieces.push(apart, node.attributes.name, apart);
  }
  if (node.type === 'variable') pieces.push(plan.variables.get(node.value) ?? '');
  else if (node.type === 'image') pieces.push(node.alt ?? '');
  else if ('value' in node) pieces.push(node.value);
  else if ('children' in node) for (const child of node.children) collect(child, plan, pieces, leaveOut);
  if (node.type === 'tableCell') pieces.push(' · ');
  else if (flow.has(node.type)) pieces.push(apart);
}
