import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

// Everything as it comes, Pagefind and Expressive Code included. `FIREBREAK_BENCH_SIDEBAR=sections` lists sections in
// place of all documents on every page, which is what Firebreak's navigation does.
const sections = ['runbooks', 'actions', 'signals', 'roles', 'contacts', 'phases', 'techniques'];
const first = { runbooks: 'runbook-0000', actions: 'action-0', signals: 'signal-0', roles: 'analyst' };
const others = { contacts: 'analyst-on-call', phases: 'preparation', techniques: 't9000' };
const links = sections.map((label) => ({ label, link: `/${label}/${{ ...first, ...others }[label]}/` }));

export default defineConfig({
  devToolbar: { enabled: false },
  integrations: [
    starlight({
      title: 'Measured plan',
      ...(process.env.FIREBREAK_BENCH_SIDEBAR === 'sections' ? { sidebar: links } : {}),
    }),
  ],
});
