import { defineConfig } from 'astro/config';
import firebreak from './src/site/integration.ts';

export default defineConfig({ integrations: [firebreak()], outDir: 'site-dist' });
