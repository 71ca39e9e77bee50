import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { LANGUAGE_FLOOR } from '../../scripts/lib/language-floor.mjs'

const RENDERER = fileURLToPath(new URL('../../out/renderer', import.meta.url))

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** The app's own content policy (src/main/app/content.ts), so that a page that violates it fails here too. */
const SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"

interface OpenOptions {
  /** Nothing moves except what the test moves. */
  readonly still?: boolean
  /** The welcome was dismissed before. */
  readonly welcomed?: boolean
  /** Part of the address that says what the window shows, with its `#`; the whole app if absent. */
  readonly hash?: string
}

/** The built renderer in a plain browser, without Electron. */
export interface RendererServer {
  readonly url: string
  /** Opens the app in a page with a `createFakeMain` behind it, available there as `window.fake`. */
  open(page: Page, options?: OpenOptions): Promise<void>
  stop(): Promise<void>
}

/** Serves out/renderer on its own port. */
export async function serveRenderer(): Promise<RendererServer> {
  const script = await fakeSignalScript()
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (path === '/favicon.ico') return void response.writeHead(204).end()
    const file = join(RENDERER, path === '/' ? 'index.html' : path)
    readFile(file).then(
      (content) =>
        response
          .writeHead(200, {
            'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
            'Content-Security-Policy': SECURITY_POLICY,
          })
          .end(content),
      () => response.writeHead(404).end('Not found'),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const url = `http://127.0.0.1:${address.port}/`
  return {
    url,
    async open(page, { still = false, welcomed = true, hash = '' } = {}) {
      await page.addInitScript({
        content: `globalThis.still = ${still};globalThis.welcomed = ${welcomed};${script}`,
      })
      await page.goto(url + hash)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function fakeSignalScript(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: LANGUAGE_FLOOR.chromium,
      lib: {
        entry: fileURLToPath(new URL('fake-signal-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'fakeSignal',
      },
    },
  })
  const output = [result].flat().flatMap((built) => ('output' in built ? built.output : []))
  const chunk = output.find((part) => part.type === 'chunk')
  if (!chunk) throw new Error('the fake main process was not built')
  return chunk.code
}
