import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { parseJson } from '#shared/parse-json'
import { err, ok, type Result } from '#shared/result'
import { SECOND_MS } from '#shared/time'
import type { NoticeProblem } from '#shared/updates'
import type { Clock } from '#process/clock'
import type { NoticeFailure } from './signed-notice.ts'

/** From the request to the last byte. */
const ANSWERS_WITHIN_MS = 10 * SECOND_MS

/** An answer that is longer is not read to its end. */
const MOST_BYTES = 64 * 1024

interface FetchOptions {
  readonly url: string
  /** The running version: all that the server learns, besides the address of this computer. */
  readonly version: string
  readonly clock: Clock
}

type Fetched = Result<unknown, NoticeFailure>

const failed = (problem: NoticeProblem, cause: unknown): Fetched => err({ problem, detail: String(cause) })

/** Asks once for the JSON at that address; undefined if it is not JSON. Redirects are not followed. */
export async function fetchNotice({ url, version, clock }: FetchOptions): Promise<Fetched> {
  const late = new AbortController()
  const stopWaiting = clock.after(ANSWERS_WITHIN_MS, () => late.abort())
  const answer = await ask(url, version, late.signal)
  stopWaiting()
  return late.signal.aborted ? failed('timed-out', `no whole answer within ${ANSWERS_WITHIN_MS} ms`) : answer
}

async function ask(url: string, version: string, signal: AbortSignal): Promise<Fetched> {
  let response: IncomingMessage
  try {
    response = await responseFrom(url, version, signal)
  } catch (cause) {
    return failed('unreachable', cause)
  }
  const { statusCode = 0 } = response
  if (statusCode !== 200) {
    response.destroy()
    return failed(statusCode >= 300 && statusCode < 400 ? 'redirected' : 'bad-status', `HTTP ${statusCode}`)
  }
  try {
    const text = await readText(response)
    return text === undefined ? failed('too-large', `over ${MOST_BYTES} bytes`) : ok(parseJson(text))
  } catch (cause) {
    return failed('cut-off', cause)
  }
}

function responseFrom(url: string, version: string, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.startsWith('https:') ? getSecure : getPlain
  const options = { agent: false, headers: { 'User-Agent': `Signal/${version}` }, signal }
  return new Promise((resolve, reject) => void get(url, options, resolve).on('error', reject))
}

/** The whole body, or undefined if it is too long; then the connection is closed. Throws if the body ends early. */
async function readText(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
