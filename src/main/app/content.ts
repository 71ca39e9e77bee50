import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol, type Session } from 'electron'
import { fileFor } from './address.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Forbids external content, inline scripts, eval, frames, external form targets and WebRTC. */
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
  "webrtc 'block'",
].join('; ')

/** Every answer has these, also a refusal: a page at an address without a file would be a page without a policy. */
const headersFor = (type: string): Readonly<Record<string, string>> => ({
  'Content-Type': type,
  'Content-Security-Policy': SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
})

const notFound = (): Response =>
  new Response('Not found', { status: 404, headers: headersFor('text/plain; charset=utf-8') })

/** Registers the scheme. Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'signal', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built renderer from `folder`, and nothing outside it. */
export function serveContent(session: Session, folder: string): void {
  session.protocol.handle('signal', async (request) => {
    const file = fileFor(folder, request.url)
    if (!file) return notFound()
    try {
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      return new Response(await readFile(file), { headers: headersFor(type) })
    } catch {
      return notFound()
    }
  })
}
