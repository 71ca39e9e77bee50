import { AlpacaError } from './error.ts'

/** One HTTP answer, read to its end. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** One HTTP request. `timeoutMs` covers everything up to the last byte of the answer. */
export interface Exchange {
  readonly url: string
  readonly init: RequestInit
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/**
 * Sends one request and reads the whole body, within the timeout. Throws `timeout`, `aborted` or `network`,
 * whose `outcome` tells whether the request may have reached the server. Does not follow redirects, because
 * the keys would go along.
 */
export async function exchange(fetch: typeof globalThis.fetch, request: Exchange): Promise<HttpAnswer> {
  const { url, init, timeoutMs, signal } = request
  if (signal?.aborted) throw new AlpacaError('aborted', 'The call was aborted before it was sent')
  const controller = new AbortController()
  let late = false
  const timer = setTimeout(() => {
    late = true
    controller.abort()
  }, timeoutMs)
  const abort = (): void => controller.abort()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: controller.signal })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    if (late)
      throw new AlpacaError('timeout', `No answer within ${timeoutMs / 1_000} s`, { outcome: 'unknown' })
    if (signal?.aborted)
      throw new AlpacaError('aborted', 'The call was aborted on its way', { outcome: 'unknown' })
    throw networkError(cause)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** Errors that occur before a connection is made: nothing was sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function networkError(cause: unknown): AlpacaError {
  const code = systemCode(cause)
  const outcome = code !== undefined && NEVER_CONNECTED.has(code) ? 'not_done' : 'unknown'
  const message = code ? `The network failed: ${code}` : 'The network failed: the connection broke'
  return new AlpacaError('network', message, { outcome })
}

/** The operating system's error code, which fetch hides in the cause of its error. */
function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return systemCode(error.errors[0])
  return systemCode(error.cause)
}
