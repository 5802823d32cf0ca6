/** ids.lock: every id that was ever published, so that none vanishes unnoticed. */

import { VFile } from 'vfile';
import { type Range, report } from '../diagnostics/report.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Plan } from '../model/plan.ts';

interface Lock {
  /** Published ids with the line on which they stand. */
  published: Map<string, Range>;
  moved: Map<string, string>;
  retired: Set<string>;
}

const name = '[a-z]+:[A-Za-z0-9][A-Za-z0-9.-]*(?:#[a-z0-9-]+)?';
const line = new RegExp(`^(${name})(?:(?: -> (${name}))|( retired))?$`);

/** Reads ids.lock. Lines that begin with # are remarks. */
export function readLock(file: VFile): Lock {
  const lock: Lock = { published: new Map(), moved: new Map(), retired: new Set() };
  let offset = 0;
  String(file)
    .split('\n')
    .forEach((raw, index) => {
      const text = raw.trimEnd();
      const range = {
        start: { line: index + 1, column: 1, offset },
        end: { line: index + 1, column: text.length + 1, offset: offset + text.length },
      };
      offset += raw.length + 1;
      if (text === '' || text.startsWith('#')) return;
      const match = line.exec(text);
      if (!match) {
        report(file, 'lock-syntax', { line: text }, range);
        return;
      }
      const [, id, to, retired] = match as unknown as [string, string, string | undefined, string | undefined];
      lock.published.set(id, range);
      if (to) lock.moved.set(id, to);
      if (retired) lock.retired.add(id);
    });
  return lock;
}

/** Every id of a plan: its documents, and their steps. What is kept outside the repository has no id in it. */
export function idsOf(plan: Plan): Set<string> {
  return new Set(
    [...plan.documents].flatMap(([reference, document]) =>
      plan.settings.overlay?.includes(document.kind)
        ? []
        : [reference, ...(document.body?.steps ?? []).map((step) => `${reference}#${step.id}`)],
    ),
  );
}

/** Compares the lock with the plan. `unread` are files whose ids are unknown because of faults that are told already. */
export function checkLock(plan: Plan, file: VFile, unread: ReadonlySet<string>): void {
  const lock = readLock(file);
  const present = idsOf(plan);
  for (const [id, range] of lock.published) {
    if (present.has(id) || lock.retired.has(id) || unread.has(id.split('#')[0] as string)) continue;
    if (endsWell(id, lock, present, unread)) continue;
    const [document = ''] = id.split('#');
    const candidates = [...present].filter(
      (other) =>
        !lock.published.has(other) && (id.includes('#') ? other.startsWith(`${document}#`) : !other.includes('#')),
    );
    report(file, 'vanished-id', { name: id, nearest: nearestName(id, candidates) }, range);
  }
  const missing = [...present].filter((id) => !lock.published.has(id));
  if (missing.length > 0) report(file, 'lock-outdated', { count: missing.length });
}

/** Names that moved, each with the name of the plan at which it has arrived, perhaps after several moves. */
export function movedNames(plan: Plan, file: VFile): Map<string, string> {
  // Reported by checkLock; most lists hold no move, and need not be read twice.
  if (!String(file).includes(' -> ')) return new Map();
  const { moved } = readLock(new VFile({ value: String(file) }));
  const present = idsOf(plan);
  const arrived = new Map<string, string>();
  for (const from of moved.keys()) {
    const seen = new Set<string>();
    let at: string | undefined = from;
    while (at !== undefined && !present.has(at) && !seen.has(at)) {
      seen.add(at);
      at = moved.get(at);
    }
    if (at !== undefined && at !== from && present.has(at)) arrived.set(from, at);
  }
  return arrived;
}

/** Whether an id that moved, perhaps several times, has arrived somewhere: at an id of the plan or at a retired one. */
function endsWell(id: string, lock: Lock, present: ReadonlySet<string>, unread: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  for (let target = lock.moved.get(id); target !== undefined && !seen.has(target); target = lock.moved.get(target)) {
    if (present.has(target) || lock.retired.has(target) || unread.has(target.split('#')[0] as string)) return true;
    seen.add(target);
  }
  return false;
}

/** The text of a lock in which a published id is marked as retired, or as moved to another. */
export function markedInLock(before: string, id: string, movedTo?: string): string {
  const marked = movedTo === undefined ? `${id} retired` : `${id} -> ${movedTo}`;
  return before.replace(new RegExp(`^${id.replaceAll('.', '\\.')}(?=\\r?$)`, 'm'), () => marked);
}

/** The text of a lock that lists the plan's ids beside all that it listed before. Sorted, so that two branches merge. */
export function updatedLock(plan: Plan, before: string): string {
  return listedInLock(before, idsOf(plan));
}

/** The text of a lock that lists some ids beside all that it listed before. */
export function listedInLock(before: string, ids: Iterable<string>): string {
  const kept = before
    .split('\n')
    .map((text) => text.trimEnd())
    .filter((text) => text !== '');
  const remarks = kept.filter((text) => text.startsWith('#'));
  const lines = kept.filter((text) => !text.startsWith('#'));
  const listed = new Set(lines.map((text) => text.split(' ')[0]));
  for (const id of ids) if (!listed.has(id)) lines.push(id);
  return `${[...remarks, ...[...new Set(lines)].sort()].join('\n')}\n`;
}
