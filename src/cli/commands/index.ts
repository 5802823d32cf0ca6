/** The commands, in the order in which help lists them. Each is loaded when it is asked for. */

import type { Command } from '../command.ts';

export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./init.ts')).init,
  start: async () => (await import('./preview.ts')).start,
  check: async () => (await import('./check.ts')).check,
  explain: async () => (await import('./explain.ts')).explain,
  new: async () => (await import('./new.ts')).newDocument,
  rename: async () => (await import('./rename.ts')).renameCommand,
  review: async () => (await import('./review.ts')).review,
  upkeep: async () => (await import('./upkeep.ts')).upkeep,
  import: async () => (await import('./import.ts')).importCommand,
  fix: async () => (await import('./fix.ts')).fix,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  dev: async () => (await import('./dev.ts')).dev,
  build: async () => (await import('./build.ts')).build,
  preview: async () => (await import('./preview.ts')).preview,
  verify: async () => (await import('./verify.ts')).verify,
  sign: async () => (await import('./sign.ts')).sign,
  pack: async () => (await import('./pack.ts')).pack,
  pdf: async () => (await import('./pdf.ts')).pdf,
  diff: async () => (await import('./diff.ts')).diff,
  audit: async () => (await import('./audit.ts')).audit,
  approve: async () => (await import('./approve.ts')).approve,
  digest: async () => (await import('./digest.ts')).digest,
  'lesson new': async () => (await import('./lesson-new.ts')).lessonNew,
  'lesson propose': async () => (await import('./lesson-propose.ts')).lessonPropose,
  'lesson confirm': async () => (await import('./lesson-confirm.ts')).lessonConfirm,
  attack: async () => (await import('./attack.ts')).attack,
  completion: async () => (await import('./completion.ts')).completionOf(commands),
};
