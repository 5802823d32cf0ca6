/** The commands, in the order in which help lists them. A list and nothing else. */
import type { Command } from '../command.ts';
import { check } from './check.ts';
import { explain } from './explain.ts';

export const commands: readonly Command[] = [check, explain];
