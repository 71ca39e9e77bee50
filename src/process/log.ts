import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pino, type Logger } from 'pino'

/** Structured log lines: an object of facts, then a sentence. Secrets never go in. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Logs nothing; for tests and for parts that run alone. */
export const silentLog: Log = pino({ level: 'silent' })

/** A log larger than this is renamed to `.old` at the next start. */
const ROTATE_AT_BYTES = 20 * 1024 * 1024

/** A second safeguard for the rule that secrets are never passed to a log. */
const REDACT = ['apiKey', 'apiSecret', '*.apiKey', '*.apiSecret', 'headers', '*.headers']

/**
 * Writes JSON lines to a file, and warnings and errors to stderr too. If the file cannot be written, only
 * stderr is left, and says so: the app must start anyway.
 */
export function createLog(file: string, level: LogLevel): Log {
  const options = { level, redact: REDACT, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const loud = level === 'debug' || level === 'info' ? 'warn' : level // the terminal shows warnings and errors only
  const stderr = { level: loud, stream: pino.destination({ fd: 2, sync: true }) }
  try {
    mkdirSync(dirname(file), { recursive: true })
    rotate(file)
    const toFile = { level, stream: pino.destination({ dest: file, sync: true }) }
    return pino(options, pino.multistream([stderr, toFile]))
  } catch (cause) {
    const log = pino(options, pino.multistream([stderr]))
    log.error({ err: cause, file }, 'The log file cannot be written; logging to stderr only')
    return log
  }
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > ROTATE_AT_BYTES) renameSync(file, `${file}.old`)
}
