/** A plan that is edited while its site is shown. */

import { basename, sep } from 'node:path';
import type { VFile } from 'vfile';
import { readAssurance } from '../../audit/read-assurance.ts';
import { forAudience } from '../../compile/audience.ts';
import { type Compiled, type Linked, linkFiles, loadPlan, type Readings } from '../../compile/index.ts';
import { type LoadedFiles, loadFile } from '../../compile/load.ts';
import { createRenderer } from '../../compile/render.ts';
import { appliedChanges } from '../../history/applied-changes.ts';
import { placeInRepository } from '../../history/version.ts';
import type { Plan } from '../../model/plan.ts';
import { createSite, type Site } from '../site.ts';

export interface EditedPlanOptions {
  /** Folder that holds plan.yaml. */
  root: string;
  base: string;
  audience: string;
  overlay?: string | undefined;
  /** Folder in which the differences between versions are kept. */
  kept: string;
}

/** What git knows of the plan. */
type FromGit = Pick<Site, 'history' | 'applied' | 'assurance'> & { place: string };

/**
 * Reads a plan again after every change, and keeps the site of the last that could be drawn. Files whose text is the same
 * are not parsed again, and git is asked only when somebody looks at what it says.
 */
export class EditedPlan {
  /** Every file, with its diagnostics. */
  files: readonly VFile[] = [];
  /** The site of the plan as it is, or as it was before `outdated`. */
  site: Site | undefined;
  /** Why the site is not that of the files: plan.yaml cannot be used, or the site cannot be made. */
  outdated: 'settings' | { fault: string } | undefined;
  readonly #options: EditedPlanOptions;
  readonly #readings: Readings = new Map();
  #loaded: LoadedFiles | undefined;
  #texts: readonly string[] = [];
  #changes = 0;
  /** What was linked and is still to be checked. */
  #linked: Linked | undefined;
  #plan: Plan | undefined;
  #fromGit: FromGit | undefined;

  constructor(options: EditedPlanOptions) {
    this.#options = options;
  }

  /** A path of this machine as a path from the plan's folder; undefined for what the plan is not made of. */
  pathOf(path: string): string | undefined {
    const { root, overlay } = this.#options;
    if (path.startsWith(root)) return path.slice(root.length).split(sep).join('/');
    return overlay !== undefined && path.startsWith(overlay) ? '' : undefined;
  }

  /**
   * Reads the files, and makes the site of them; `check` follows when nobody waits any more.
   *
   * @param path of the one file that has changed, from the plan's folder, where that is known
   * @returns whether anything has changed since the last time
   */
  async update(path?: string): Promise<boolean> {
    const loaded = await this.#load(path);
    const texts = textsOf(loaded);
    if (texts.length === this.#texts.length && texts.every((text, index) => text === this.#texts[index])) return false;
    this.#loaded = loaded;
    this.#texts = texts;
    this.#changes += 1;
    this.#linked = linkFiles(loaded, this.#readings);
    this.#take(this.#linked);
    if (!this.#fromGit) await this.#readGit();
    this.#makeSite();
    return true;
  }

  /** Says that the plan could not be read for a reason that is in none of its files. */
  failed({ message }: Error): void {
    this.#changes += 1;
    this.outdated = { fault: message };
  }

  /** Tells what the plan means. Gives whether that was not done before. */
  check(): boolean {
    if (!this.#linked) return false;
    this.#take(this.#linked.check(new Date()));
    this.#linked = undefined;
    this.#makeSite();
    return true;
  }

  /** Names the state that pages are drawn from: the change, and `?` before it is checked. */
  get state(): string {
    return `${this.#changes}${this.#linked ? '?' : ''}`;
  }

  #take({ files, plan }: Compiled): void {
    this.files = files;
    this.#plan = plan;
  }

  async #load(path: string | undefined): Promise<LoadedFiles> {
    const { root, overlay } = this.#options;
    const before = this.#loaded;
    const at = before?.files.findIndex((file) => file.path === path && file.data.place === undefined) ?? -1;
    const file = path !== undefined && before && at >= 0 ? await loadFile(root, path) : undefined;
    if (before && file) return { ...before, files: before.files.with(at, file) };
    return loadPlan(root, overlay);
  }

  /** Asks git again, for the pages that show what it knows: an edit changes none of it, so that no edit waits for it. */
  async askGit(): Promise<void> {
    await this.#readGit();
    this.#makeSite();
  }

  #makeSite(): void {
    this.outdated = this.#plan ? undefined : 'settings';
    if (!this.#plan || !this.#fromGit) return;
    const { base, audience } = this.#options;
    const { place, history, applied, assurance } = this.#fromGit;
    try {
      const plan = forAudience(this.#plan, audience);
      const site = createSite(plan, base, place, history, applied, assurance);
      site.renderer = createRenderer(plan, site.addresses, true);
      site.edited = true;
      this.site = site;
    } catch (reason) {
      this.outdated = { fault: (reason as Error).message };
    }
  }

  async #readGit(): Promise<void> {
    if (!this.#plan) return;
    const { root, audience, kept } = this.#options;
    try {
      const plan = forAudience(this.#plan, audience);
      const { history, assurance } = await readAssurance(this.#plan, plan, root, kept);
      const applied = appliedChanges(plan, history);
      const place = (await placeInRepository(root)) ?? basename(root);
      this.#fromGit = { place, history, applied, assurance };
    } catch (reason) {
      this.outdated = { fault: (reason as Error).message };
    }
  }
}

/** All that a plan is made of, to compare it with how it was. */
function textsOf({ files, images }: LoadedFiles): string[] {
  const texts = files.flatMap((file) => [file.path, String(file), ...file.messages.map(({ reason }) => reason)]);
  return [...texts, ...[...images].sort()];
}
