import { pino, type Logger } from 'pino'

/** Structured log lines: an object of facts, then a sentence. Secrets never go in. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Says nothing; for tests and for parts that run alone. */
export const silentLog: Log = pino({ level: 'silent' })
