/** Where the library says what it does: an object of facts, then a sentence. pino and its like fit as they are. */
export interface AlpacaLog {
  debug(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
}

/** Says nothing; what is used when no log is handed in. */
export const silentLog: AlpacaLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const MINUTE_MS = 60_000

/**
 * True at most once a minute for each kind, so that a flood of one fault is one line in the log. Answers how many
 * were held back since, so that the line can say it; nothing while the kind must keep silent.
 */
export class OncePerMinute {
  readonly #spoken = new Map<string, { at: number; heldBack: number }>()

  /** The number of times this kind was held back since it last spoke, or undefined when it may not speak yet. */
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
