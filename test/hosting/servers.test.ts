/** The configurations of the hosting guide, in the servers that they are for, on this machine alone. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const shipped = (name: string) => readFileSync(`src/site/hosting/${name}`, 'utf8');
const policy = /"(default-src 'none';[^"]*)"/.exec(readFileSync('src/site/layouts/Base.astro', 'utf8'))?.[1];
const isThere = (program: string, word: string) => spawnSync(program, [word]).error === undefined;
const nginx = isThere('nginx', '-v') ? 'nginx' : isThere('/usr/sbin/nginx', '-v') ? '/usr/sbin/nginx' : undefined;

const files = {
  'index.html': `<!doctype html><title>Plan</title>${'<p>Call.</p>'.repeat(200)}`,
  'runbooks/ransomware/index.html': '<!doctype html><title>Ransomware</title>',
  'manifest.json': '{}',
  'manifest.json.sig': 'signature',
  'plan.webmanifest': '{}',
  'service-worker.js': 'addEventListener("fetch", () => {});',
  '_firebreak/Base.BNd_ozXF.css': 'body { color: black }',
  '_firebreak/stamp.css': '.stamp {}',
  '_firebreak/incident-plan.json': '{}',
  '_firebreak/next-latin.BBuhw47K.woff2': 'font',
  'pagefind/wasm.en.pagefind': 'wasm',
  'pagefind/fragment/en_1.pf_fragment': 'fragment',
  '.git/config': '[core]',
};

let folder = '';
let server: ChildProcess | undefined;
let port = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-hosting-'));
  // The server reads as another user.
  chmodSync(folder, 0o755);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'site', path)), { recursive: true });
    writeFileSync(join(folder, 'site', path), text);
  }
  certificate('server', ['-addext', 'subjectAltName=DNS:plan.example.org']);
  certificate('responder', ['-addext', 'extendedKeyUsage=clientAuth']);
});
afterEach(() => void server?.kill('SIGKILL'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function certificate(name: string, more: string[]): void {
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const out = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.pem`)];
  execFileSync('openssl', [...words, ...out, '-subj', '/CN=plan.example.org', ...more], { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

function ask(path: string, { method = 'GET', headers = {}, as = '' } = {}): Promise<Answer> {
  const identity = as
    ? { cert: readFileSync(join(folder, `${as}.pem`)), key: readFileSync(join(folder, `${as}.key`)) }
    : {};
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host: 'plan.example.org', ...headers },
        servername: 'plan.example.org',
        ca: readFileSync(join(folder, 'server.pem')),
        agent: false,
        ...identity,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('latin1'),
          }),
        );
      },
    );
    asking.on('error', reject);
    asking.end();
  });
}

/** Starts a server and waits until it answers or refuses; one that ends tells why. */
async function start(program: string, words: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  let said = '';
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  server = child;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      said += String(part);
    });
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
    const answered = await ask('/').then(
      () => true,
      (reason: NodeJS.ErrnoException) => reason.code !== 'ECONNREFUSED',
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${program} does not answer: ${said}`);
}

/** Replaces lines of a configuration; one that is not there is a fault of this test or of the guide. */
function changed(text: string, replacements: [string | RegExp, string][]): string {
  return replacements.reduce((now, [from, to]) => {
    const next = now.replace(from, () => to);
    if (next === now) throw new Error(`The configuration has no ${String(from)}`);
    return next;
  }, text);
}

async function startNginx(more: [string | RegExp, string][] = []): Promise<void> {
  port = await freePort();
  const site = changed(shipped('nginx.conf'), [
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['/etc/ssl/plan.example.org.pem', join(folder, 'server.pem')],
    ['/etc/ssl/private/plan.example.org.key', join(folder, 'server.key')],
    ['/srv/plan;', `${join(folder, 'site')};`],
    ...more,
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, 'temp')};`,
  );
  const path = join(folder, 'nginx.conf');
  writeFileSync(
    path,
    `daemon off;\nmaster_process off;\npid ${join(folder, 'nginx.pid')};\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${temporary.join('\n')}\n${site}\n}\n`,
  );
  await start(nginx as string, ['-p', folder, '-c', path, '-e', 'stderr']);
}

async function startCaddy(more: [string | RegExp, string][] = []): Promise<void> {
  port = await freePort();
  const own = `tls ${join(folder, 'server.pem')} ${join(folder, 'server.key')}`;
  const site = changed(shipped('Caddyfile'), [
    ['plan.example.org {', `https://plan.example.org:${port} {\n\tbind 127.0.0.1\n\t${own}`],
    ['/srv/plan', join(folder, 'site')],
    ...more,
  ]);
  const path = join(folder, 'Caddyfile');
  writeFileSync(path, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  const home = { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
  await start('caddy', ['run', '--config', path, '--adapter', 'caddyfile'], home);
}

async function servesThePlan(): Promise<void> {
  const home = await ask('/');
  expect(home).toMatchObject({ status: 200, body: files['index.html'] });
  expect(policy).toBeTruthy();
  expect(home.headers).toMatchObject({
    // As the pages say themselves, and that no other site may show them in a frame, which a page cannot say.
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
    'strict-transport-security': expect.stringContaining('max-age='),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-robots-tag': 'noindex',
    'cache-control': 'no-cache',
  });
  const types: Record<string, RegExp> = {
    '/runbooks/ransomware/': /^text\/html; charset=utf-8$/i,
    '/service-worker.js': /^(text|application)\/javascript/,
    '/manifest.json': /^application\/json/,
    '/plan.webmanifest': /^application\/manifest\+json/,
    '/_firebreak/Base.BNd_ozXF.css': /^text\/css/,
    '/_firebreak/next-latin.BBuhw47K.woff2': /^font\/woff2/,
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await ask(path);
    expect([path, status, headers['x-content-type-options']]).toEqual([path, 200, 'nosniff']);
    expect(headers['content-type']).toMatch(type);
  }
  for (const path of ['/pagefind/wasm.en.pagefind', '/pagefind/fragment/en_1.pf_fragment', '/manifest.json.sig'])
    expect((await ask(path)).status).toBe(200);
  // What changes under one name is asked for again, and answered in a line when it has not changed.
  for (const path of [
    '/service-worker.js',
    '/manifest.json',
    '/_firebreak/stamp.css',
    '/_firebreak/incident-plan.json',
  ]) {
    const { headers } = await ask(path);
    expect([path, headers['cache-control']]).toEqual([path, 'no-cache']);
    expect((await ask(path, { headers: { 'if-none-match': String(headers['etag']) } })).status).toBe(304);
  }
  expect((await ask('/_firebreak/Base.BNd_ozXF.css')).headers['cache-control']).toContain('immutable');
  expect((await ask('/', { headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding']).toBe('gzip');
  // A folder without its slash leads to the page, on whatever name and port was asked.
  const led = await ask('/runbooks/ransomware');
  expect([301, 308]).toContain(led.status);
  expect(new URL(String(led.headers['location']), 'https://plan.example.org/runbooks/ransomware').pathname).toBe(
    '/runbooks/ransomware/',
  );
  for (const path of ['/.git/config', '/no-such-page/']) expect([path, (await ask(path)).status]).toEqual([path, 404]);
  expect([403, 405]).toContain((await ask('/', { method: 'POST' })).status);
}

const password = { headers: { authorization: `Basic ${Buffer.from('responders:on paper').toString('base64')}` } };

async function asksForAPassword(): Promise<void> {
  for (const path of ['/', '/manifest.json', '/service-worker.js']) expect((await ask(path)).status).toBe(401);
  expect((await ask('/', password)).status).toBe(200);
}

async function asksForACertificate(): Promise<void> {
  const without = await ask('/').then(
    ({ status }) => status,
    () => 'refused',
  );
  expect([400, 'refused']).toContain(without);
  expect((await ask('/', { as: 'responder' })).status).toBe(200);
}

describe.skipIf(!nginx)('nginx', () => {
  test('serves a plan with the headers that it needs', async () => {
    await startNginx();
    await servesThePlan();
  });

  test('signs in with a password', async () => {
    const hash = execFileSync('openssl', ['passwd', '-apr1', 'on paper'], { encoding: 'utf8' });
    writeFileSync(join(folder, 'htpasswd'), `responders:${hash}`);
    await startNginx([
      ['# auth_basic ', 'auth_basic '],
      ['# auth_basic_user_file /etc/nginx/plan.htpasswd', `auth_basic_user_file ${join(folder, 'htpasswd')}`],
    ]);
    await asksForAPassword();
  });

  test('signs in with a client certificate', async () => {
    await startNginx([
      [
        '# ssl_client_certificate /etc/ssl/responders-ca.pem',
        `ssl_client_certificate ${join(folder, 'responder.pem')}`,
      ],
      ['# ssl_verify_client ', 'ssl_verify_client '],
    ]);
    await asksForACertificate();
  });

  test('asks the identity provider’s proxy, and lets nobody in while that is gone', async () => {
    const gone = await freePort();
    const lines = [
      'auth_request',
      'error_page 401',
      'location /oauth2/',
      'location = /oauth2/auth',
      'location @sign_in',
    ];
    await startNginx([
      ...lines.map((line): [string, string] => [`# ${line}`, line]),
      [/127\.0\.0\.1:4180(?=; proxy_set_header Host \$host; proxy_set_header X)/, `127.0.0.1:${gone}`],
      [/127\.0\.0\.1:4180/, `127.0.0.1:${gone}`],
    ]);
    expect((await ask('/')).status).toBe(500);
  });
});

describe.skipIf(!isThere('caddy', 'version'))('Caddy', () => {
  test('serves a plan with the headers that it needs', async () => {
    await startCaddy();
    await servesThePlan();
  });

  test('signs in with a password', async () => {
    const hash = execFileSync('caddy', ['hash-password', '--plaintext', 'on paper'], { encoding: 'utf8' }).trim();
    await startCaddy([[/# basicauth \{\n\t# \tresponders \S+\n\t# \}/, `basicauth {\n\t\tresponders ${hash}\n\t}`]]);
    await asksForAPassword();
  });

  test('signs in with a client certificate', async () => {
    const own = `tls ${join(folder, 'server.pem')} ${join(folder, 'server.key')}`;
    const lines = ['tls {', '\tclient_auth {', '\t\tmode require_and_verify'].map((line) => `\t# ${line}\n`).join('');
    await startCaddy([
      [`\t${own}\n`, ''],
      [lines, `\t${own} {\n\tclient_auth {\n\tmode require_and_verify\n`],
      [
        '# \t\ttrusted_ca_cert_file /etc/ssl/responders-ca.pem\n\t# \t}\n\t# }',
        `trusted_ca_cert_file ${join(folder, 'responder.pem')}\n\t}\n\t}`,
      ],
    ]);
    await asksForACertificate();
  });

  test('asks the identity provider’s proxy, and lets nobody in while that is gone', async () => {
    const gone = await freePort();
    const section = /\t# handle \/oauth2[\s\S]*?\n\t# \}\n\t# forward_auth[\s\S]*?\n\t# \}\n/;
    const text = section.exec(shipped('Caddyfile'))?.[0] ?? '';
    await startCaddy([[section, text.replaceAll('\t# ', '\t').replaceAll('4180', String(gone))]]);
    expect((await ask('/')).status).toBe(502);
  });
});
