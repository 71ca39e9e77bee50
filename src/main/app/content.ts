import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'

/** Where the windows live. A scheme of our own instead of file://, so that a page has an origin and no disk. */
export const APP_ORIGIN = 'signal://app'

export const isOurs = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`)

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Nothing from elsewhere, no inline script, no eval, no frame, no form that leaves. */
const SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'signal', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built renderer out of `folder`, and nothing beside it. */
export function serveContent(session: Session, folder: string): void {
  session.protocol.handle('signal', async (request) => {
    const file = fileFor(folder, request.url)
    if (!file) return new Response('Not found', { status: 404 })
    try {
      const headers = {
        'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
        'Content-Security-Policy': SECURITY_POLICY,
        'X-Content-Type-Options': 'nosniff',
      }
      return new Response(await readFile(file), { headers })
    } catch {
      return new Response('Not found', { status: 404 })
    }
  })
}

/** The file behind an address, or nothing where it points out of the folder or elsewhere. */
export function fileFor(folder: string, address: string): string | undefined {
  const { host, pathname } = new URL(address)
  if (host !== 'app') return undefined
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  const file = normalize(join(folder, path === '/' ? 'index.html' : path))
  return file.startsWith(folder + sep) && !path.includes('\0') ? file : undefined
}
