/** The Astro integration: loads and checks the plan, gives Astro its pages, and finishes the build. */

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { readAssurance } from '../audit/read-assurance.ts';
import { forAudience } from '../compile/audience.ts';
import { compile } from '../compile/index.ts';
import { appliedChanges } from '../history/applied-changes.ts';
import { placeInRepository, type Version, versionOf } from '../history/version.ts';
import { usualAudience } from '../model/audience.ts';
import { type BuildChoice, chosenBuild, errorsOf, takeCompiled } from './compiled.ts';
import { coverageFiles } from './coverage-files.ts';
import { EditedPlan } from './dev/edited-plan.ts';
import { serveEdited } from './dev/serve.ts';
import { type Finisher, finisherOfSite } from './finishing.ts';
import { withoutMetadata } from './image-metadata.ts';
import { incidentFiles, writeFiles } from './incident-files.ts';
import { type Secrets, secretsOf } from './leaks/secrets.ts';
import { giveMemoryBack } from './memory.ts';
import { serviceWorker, writeOffline } from './offline/write-offline.ts';
import { planModule } from './plan-module.ts';
import { searchContents } from './search/contents.ts';
import { createSite, currentSite, forgetSite, type Site, setSite } from './site.ts';
import { stampFor } from './stamp.ts';
import { upkeepFiles } from './upkeep-files.ts';
import { writeFilledSchemas } from './write-schemas.ts';

export interface FirebreakOptions extends BuildChoice {
  /** Folder that holds plan.yaml, from the project's folder. Default: `content`. */
  content?: string;
}

/** Thrown when a plan has errors; they are printed before. Astro shows the message alone. */
class PlanHasErrors extends Error {
  override name = 'PlanHasErrors';
}

/**
 * Builds a plan into a site.
 *
 * @example
 * export default defineConfig({ integrations: [firebreak()] });
 */
export default function firebreak({ content = 'content', ...options }: FirebreakOptions = {}): AstroIntegration {
  let root = '';
  let project = '';
  let base = '/';
  let finisher: Finisher | undefined;
  let secrets: Secrets | undefined;
  let version: Version | undefined;
  let edited: EditedPlan | undefined;
  // The command line has the last word.
  const { audience = usualAudience, overlay } = { ...options, ...chosenBuild() };

  /** What stands before a path of the plan where the command was started: `content/`. */
  const prefix = () => `${relative(process.cwd(), root).split(sep).join('/')}/`.replace(/^\/+$/, '');
  const load = async (strict: boolean, warn: (text: string) => void) => {
    const compiled = takeCompiled(root) ?? (await compile(root, new Date(), overlay));
    const { plan: whole } = compiled;
    const errors = errorsOf(compiled, { color: Boolean(process.stderr.isTTY), prefix: prefix() });
    if (errors) {
      warn(errors.text);
      if (strict || !whole)
        throw new PlanHasErrors(
          `The plan has ${errors.count} ${errors.count === 1 ? 'error' : 'errors'}; nothing was built.`,
        );
    }
    if (!whole) return;
    const plan = forAudience(whole, audience);
    if (strict) secrets = secretsOf(whole, plan);
    // Asked for now: a process is started by a copy of the one that asks, which grows large.
    const [{ history, assurance }, place, read] = await Promise.all([
      readAssurance(whole, plan, root, join(project, '.firebreak')),
      placeInRepository(root),
      versionOf(root, overlay),
    ]);
    version = read;
    const applied = appliedChanges(plan, history);
    setSite(createSite(plan, base, place ?? basename(root), history, applied, assurance));
  };

  return {
    name: 'firebreak',
    hooks: {
      'astro:config:setup': async ({ config, command, updateConfig, injectRoute, addMiddleware, logger }) => {
        project = fileURLToPath(config.root);
        root = `${resolve(project, content)}${sep}`;
        base = config.base;
        if (command === 'dev') {
          edited = new EditedPlan({ root, base, audience, overlay, kept: join(project, '.firebreak') });
          await edited.update();
          edited.check();
          tellOf(edited, prefix());
          addMiddleware({ entrypoint: beside('dev/middleware'), order: 'pre' });
        } else await load(command === 'build', (text) => process.stderr.write(text));
        updateConfig({
          integrations: [mdx({ syntaxHighlight: false })],
          trailingSlash: 'always',
          devToolbar: { enabled: false },
          // The policy of the site allows nothing inline.
          build: { format: 'directory', inlineStylesheets: 'never', assets: '_firebreak' },
          experimental: { incrementalBuild: true },
          vite: { plugins: [planModule(), serviceWorker(), withoutPreloading()], build: { assetsInlineLimit: 0 } },
        });
        injectRoute({ pattern: '/help/[...path]', entrypoint: new URL('pages/Help.astro', import.meta.url) });
        injectRoute({ pattern: '/[...path]', entrypoint: new URL('pages/Page.astro', import.meta.url) });
        logger.debug(`plan in ${root}`);
      },
      'astro:server:setup': ({ server }) => {
        if (!edited) return;
        const plan = edited;
        serveEdited(server, plan, {
          base,
          prefix: prefix(),
          watched: overlay === undefined ? [root] : [root, overlay],
          version: () => versionOf(root, overlay),
          tell: () => tellOf(plan, prefix()),
        });
      },
      'astro:build:start': () => {
        finisher = finisherOfSite();
        const { records, ...contents } = searchContents(currentSite());
        finisher.begin(contents);
        for (const page of records.pages) finisher.add({ page });
        for (const text of records.texts) finisher.add({ text });
      },
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        let site: Site | undefined = currentSite();
        if (!version) throw new Error('The site was built without reading its plan.');
        await writeFile(join(folder, '_firebreak', 'stamp.css'), stampFor(site.plan, version));
        await copyFile(new URL('notices.txt', import.meta.url), join(folder, '_firebreak', 'notices.txt'));
        for (const image of [...site.plan.images].sort()) {
          const to = join(folder, 'plan', image);
          await mkdir(dirname(to), { recursive: true });
          await writeFile(to, withoutMetadata(await readFile(join(root, image)), image));
        }
        await writeFilledSchemas(site, folder);
        writeFiles(new Map([...incidentFiles(site), ...coverageFiles(site), ...upkeepFiles(site)]), folder);
        const { base } = site.addresses;
        await writeOffline(folder, site.plan, base);
        const { title, schema } = site.plan.settings;
        const made = site.plan.audience?.id ?? audience;
        site = undefined;
        forgetSite();
        // A process that only draws ends here.
        if (!finisher?.elsewhere) giveMemoryBack();
        await finisher?.finish({ folder, version, title, schema, base, audience: made, secrets });
        finisher = undefined;
      },
    },
  };
}

/**
 * Lets a script that is loaded later name no other scripts: the names take a fiftieth of what a runbook may load, and an
 * offline copy has them all. Astro sets its own here, over that of the configuration. What Vite would load for the names
 * takes another twentieth, and has nothing to do then.
 */
const withoutPreloading = (): Plugin => ({
  name: 'firebreak:without-preloading',
  enforce: 'pre',
  configEnvironment: (name) =>
    name === 'client' ? { build: { modulePreload: { resolveDependencies: () => [] } } } : undefined,
  load: {
    filter: { id: /^\0vite\/preload-helper\.js$/ },
    handler: () => 'export const __vitePreload = (load) => load();',
  },
});

/** A module of the engine: TypeScript in the repository, JavaScript in the package. */
const beside = (name: string) => new URL(`${name}${import.meta.url.slice(-3)}`, import.meta.url);

/** Tells the errors of a plan that is edited at the terminal. */
function tellOf({ files, site }: EditedPlan, prefix: string): void {
  const errors = errorsOf({ files: [...files], plan: site?.plan }, { color: Boolean(process.stderr.isTTY), prefix });
  if (errors) process.stderr.write(errors.text);
}
