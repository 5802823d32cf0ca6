import { h } from 'hastscript';
import { defineBlock, insideSteps } from './block.ts';

/** Something worth knowing that is not a step. */
export const note = defineBlock<'note'>({
  name: 'Note',
  schema: 'note',
  standsIn: ['a phase', 'an action', 'a page', ...insideSteps, '<Evidence>'],
  draw: (block, draw) => [h('aside.note', [h('p.note-word', draw.text.note), ...draw.children(block.children)])],
});

/** Why a phase of a runbook has no step. */
export const noSteps = defineBlock<'no-steps'>({
  name: 'NoSteps',
  schema: 'no-steps',
  standsIn: ['a phase'],
  draw: (block, draw) => [h('.no-steps', [h('p.no-steps-word', draw.text.noSteps), ...draw.children(block.children)])],
});

/** How to make sure that an action worked. */
export const verify = defineBlock<'verify'>({
  name: 'Verify',
  schema: 'verify',
  standsIn: ['an action'],
  draw: (block, draw) => [h('.verify', [h('p.verify-word', draw.text.verify), ...draw.children(block.children)])],
});

/** How to take an action back. */
export const undo = defineBlock<'undo'>({
  name: 'Undo',
  schema: 'undo',
  standsIn: ['an action'],
  draw: (block, draw) => [h('details.undo', [h('summary', draw.text.undo), ...draw.children(block.children)])],
});
