/** Firefox and WebKit under one small set of verbs, since Playwright's own builds of them cannot be had everywhere. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { Builder, Key } from 'selenium-webdriver';
import type { WebKit } from './find.ts';

/** A page in a browser that is not Playwright's. */
export interface OtherPage {
  goto: (address: string) => Promise<void>;
  reload: () => Promise<void>;
  /** Runs a function in the page; it sees nothing but its arguments. */
  evaluate: <T, A extends unknown[]>(run: (...args: A) => T | Promise<T>, ...args: A) => Promise<T>;
  /** Clicks what a selector finds, as a person would. */
  click: (selector: string) => Promise<void>;
  /** Presses keys where the cursor is. */
  type: (text: string) => Promise<void>;
  press: (key: 'Enter' | 'Escape' | 'ArrowDown') => Promise<void>;
}

export interface OtherBrowser {
  page: OtherPage;
  /** A second tab with the same storage. */
  another: () => Promise<OtherPage>;
  close: () => Promise<void>;
}

/** Starts Firefox over WebDriver BiDi with a new profile. */
export async function openFirefox(executablePath: string): Promise<OtherBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    // A copy of a site in a private window would be forbidden its service worker.
    extraPrefsFirefox: { 'dom.serviceWorkers.testing.enabled': true, 'browser.download.useDownloadDir': true },
  });
  const pageOf = async (): Promise<OtherPage> => {
    const page = await browser.newPage();
    return {
      goto: async (address) => void (await page.goto(address, { waitUntil: 'load' })),
      reload: async () => void (await page.reload({ waitUntil: 'load' })),
      evaluate: (run, ...args) => page.evaluate(run as never, ...(args as unknown as never[])) as never,
      click: async (selector) => {
        const found = await page.waitForSelector(selector, { visible: true });
        // Not under the rail at the edge of the window, where another thing would be hit.
        await found?.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
        await found?.click();
      },
      type: (text) => page.keyboard.type(text),
      press: (key) => page.keyboard.press(key),
    };
  };
  return { page: await pageOf(), another: pageOf, close: () => browser.close() };
}

/** Starts WebKit's small browser under its WebDriver, on a virtual display. */
export async function openWebKit(webkit: WebKit): Promise<OtherBrowser> {
  const home = mkdtempSync(join(tmpdir(), 'firebreak-webkit-'));
  const display = spawn(webkit.display, ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = (await once(display.stdout, 'data')) as [Buffer];
  const port = await freePort();
  const driver = spawn(webkit.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${number.toString().trim()}`,
      // Storage of its own, and none of the desktop's services.
      HOME: home,
      XDG_RUNTIME_DIR: home,
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      NO_AT_BRIDGE: '1',
    },
  });
  const stop = async () => {
    await Promise.all([driver, display].map(ended));
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await listening(port);
    const session = await new Builder()
      .disableEnvironmentOverrides()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: webkit.browser, args: ['--automation'] },
      })
      .build();
    await session.manage().setTimeouts({ script: 120_000, pageLoad: 120_000 });
    const window = await session.getWindowHandle();
    const pageOf = (handle: string): OtherPage => {
      // One session has one window at a time.
      const here = async () => session.switchTo().window(handle);
      return {
        goto: async (address) => {
          await here();
          await session.get(address);
        },
        reload: async () => {
          await here();
          await session.navigate().refresh();
        },
        evaluate: async (run, ...args) => {
          await here();
          const script = `const done = arguments[arguments.length - 1];
            Promise.resolve((${String(run)})(...[...arguments].slice(0, -1))).then(
              (value) => done({ value }), (fault) => done({ fault: String(fault) }));`;
          const { value, fault } = (await session.executeAsyncScript(script, ...args)) as {
            value: never;
            fault?: string;
          };
          if (fault !== undefined) throw new Error(fault);
          return value;
        },
        click: async (selector) => {
          await here();
          await session.findElement({ css: selector }).click();
        },
        type: async (text) => {
          await here();
          await session.actions().sendKeys(text).perform();
        },
        press: async (key) => {
          await here();
          await session
            .actions()
            .sendKeys({ Enter: Key.ENTER, Escape: Key.ESCAPE, ArrowDown: Key.ARROW_DOWN }[key])
            .perform();
        },
      };
    };
    return {
      page: pageOf(window),
      another: async () => {
        await session.switchTo().newWindow('tab');
        return pageOf(await session.getWindowHandle());
      },
      close: async () => {
        await session.quit().catch(() => {});
        await stop();
      },
    };
  } catch (reason) {
    await stop();
    throw reason;
  }
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const over = once(process, 'exit');
  process.kill();
  await over;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

async function listening(port: number): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The driver of WebKit does not answer.');
}
