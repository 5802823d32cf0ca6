/** The kinds of documents that a plan may hold, in the order of navigation. A list and nothing else. */

import type { KindName } from '../model/document.ts';
import { action } from './action/index.ts';
import { contact } from './contact/index.ts';
import { control } from './control/index.ts';
import { exercise } from './exercise/index.ts';
import type { KindDefinition } from './kind.ts';
import { lesson } from './lesson/index.ts';
import { message } from './message/index.ts';
import { notification } from './notification/index.ts';
import { page } from './page/index.ts';
import { phase } from './phase/index.ts';
import { register } from './register/index.ts';
import { resource } from './resource/index.ts';
import { role } from './role/index.ts';
import { runbook } from './runbook/index.ts';
import { signal } from './signal/index.ts';
import { technique } from './technique/index.ts';
import { term } from './term/index.ts';
import { training } from './training/index.ts';
import { worksheet } from './worksheet/index.ts';

const all = [
  phase,
  runbook,
  action,
  signal,
  role,
  contact,
  message,
  worksheet,
  notification,
  resource,
  training,
  exercise,
  lesson,
  register,
  control,
  technique,
  term,
  page,
];

/** Every kind by its name. */
export const kinds: ReadonlyMap<string, KindDefinition> = new Map(
  all.map((kind) => [kind.name, kind as unknown as KindDefinition<KindName>]),
);
