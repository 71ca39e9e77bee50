import { MINUTE_MS } from './time.ts'

/** Where the library logs: an object of facts, then a sentence. pino and similar loggers fit as they are. */
export interface AlpacaLog {
  debug(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
}

/** Logs nothing; the default when no log is given. */
export const silentLog: AlpacaLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/**
 * Allows one log line per minute for each kind, so that a flood of one fault is one line. Returns how many
 * were suppressed since, for the line to report; undefined while the kind must stay silent.
 */
export class OncePerMinute {
  readonly #spoken = new Map<string, { at: number; heldBack: number }>()

  /**
   * The number of times this kind was suppressed since it was last logged, or undefined while it must stay
   * silent.
   */
  mayTell(kind: string, now: number): number | undefined {
    const last = this.#spoken.get(kind)
    if (last && now - last.at < MINUTE_MS) {
      last.heldBack += 1
      return undefined
    }
    this.#spoken.set(kind, { at: now, heldBack: 0 })
    return last?.heldBack ?? 0
  }
}
