/** The commands, in the order in which help lists them. A list and nothing else. */

import type { Command } from '../command.ts';
import { attack } from './attack.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { dev } from './dev.ts';
import { explain } from './explain.ts';
import { fix } from './fix.ts';
import { preview, start } from './preview.ts';

export const commands: readonly Command[] = [start, check, explain, fix, dev, build, preview, attack];
