import { channelOf, symbolOf, type ChannelEntry } from './channels.ts'

/** One message to the server: entries to add or to remove. */
export interface Change {
  readonly action: 'subscribe' | 'unsubscribe'
  readonly entries: readonly ChannelEntry[]
}

/** The most entries per message, because the server limits frames; a thousand are some 10 KB. */
const MAX_ENTRIES = 1_000

/**
 * The wanted entries, the confirmed ones, and the one change in flight. The server's answers are not
 * numbered, so a second change waits until the first is answered. Only a server's answer confirms an entry.
 */
export class Subscriptions {
  #desired: ReadonlySet<ChannelEntry> = new Set()
  #confirmed: ReadonlySet<ChannelEntry> = new Set()
  /**
   * Confirmed on the last connection: restored first, so that a rejected new entry cannot take them with it.
   */
  #held: ReadonlySet<ChannelEntry> = new Set()
  /** Parts of a rejected change, each to be tried separately. */
  #suspects: (readonly ChannelEntry[])[] = []
  #inFlight: Change | undefined

  /** What was requested and not rejected. */
  get desired(): ReadonlySet<ChannelEntry> {
    return this.#desired
  }

  /** What the server says is subscribed. */
  get confirmed(): ReadonlySet<ChannelEntry> {
    return this.#confirmed
  }

  /** Adds entries to what is wanted. */
  want(entries: Iterable<ChannelEntry>): void {
    this.#desired = new Set([...this.#desired, ...entries])
  }

  /** Removes entries from what is wanted. */
  unwant(entries: Iterable<ChannelEntry>): void {
    this.#desired = without(this.#desired, entries)
  }

  /**
   * Takes the next change to send and marks it as in flight; undefined while one is, or when nothing is left
   * to change.
   */
  takeNext(): Change | undefined {
    if (this.#inFlight) return undefined
    const next = this.#next()
    this.#inFlight = next && { ...next, entries: next.entries.slice(0, MAX_ENTRIES) }
    return this.#inFlight
  }

  /**
   * Applies the server's complete set. Returns the requested entries that it silently omits; they are no
   * longer wanted, because asking again would change nothing.
   */
  acknowledge(confirmed: Iterable<ChannelEntry>): readonly ChannelEntry[] {
    this.#confirmed = new Set(confirmed)
    const asked = this.#answered()
    if (asked?.action !== 'subscribe') return []
    const declined = asked.entries.filter((entry) => !this.#isConfirmed(entry))
    this.unwant(declined)
    return declined
  }

  /** The server rejected the whole change (405): its entries are no longer wanted. Returns them. */
  rollBack(): readonly ChannelEntry[] {
    const refused = this.#answered()?.entries ?? []
    this.unwant(refused)
    return refused
  }

  /**
   * The server could not read the change (400), so a symbol in it is malformed: halves are tried separately
   * until it is found. Returns that symbol's entries once it stands alone; they are no longer wanted.
   */
  suspectSymbols(): readonly ChannelEntry[] {
    return this.#divide(symbolOf)
  }

  /** The feed does not offer one of the change's channels (410): the same search by channels. */
  suspectChannels(): readonly ChannelEntry[] {
    return this.#divide(channelOf)
  }

  /** The connection is gone: nothing is confirmed or in flight; what is wanted stays. */
  disconnect(): void {
    if (this.#confirmed.size > 0) this.#held = this.#confirmed
    this.#confirmed = new Set()
    this.#suspects = []
    this.#inFlight = undefined
  }

  #next(): Change | undefined {
    const unwanted = [...this.#confirmed].filter((entry) => !this.#desired.has(entry))
    if (unwanted.length > 0) return { action: 'unsubscribe', entries: unwanted }
    const missing = [...this.#desired].filter((entry) => !this.#isConfirmed(entry))
    while (this.#suspects.length > 0) {
      const suspects = new Set(this.#suspects.shift())
      const entries = missing.filter((entry) => suspects.has(entry))
      if (entries.length > 0) return { action: 'subscribe', entries }
    }
    if (missing.length === 0) return undefined
    const held = missing.filter((entry) => this.#held.has(entry))
    return { action: 'subscribe', entries: held.length > 0 ? held : missing }
  }

  #divide(by: (entry: ChannelEntry) => string): readonly ChannelEntry[] {
    const refused = this.#answered()
    if (!refused) return []
    if (refused.action === 'unsubscribe') {
      this.#confirmed = without(this.#confirmed, refused.entries)
      return []
    }
    const names = [...new Set(refused.entries.map(by))]
    if (names.length <= 1) {
      this.unwant(refused.entries)
      return refused.entries
    }
    const firstHalf = new Set(names.slice(0, Math.ceil(names.length / 2)))
    const first = refused.entries.filter((entry) => firstHalf.has(by(entry)))
    const second = refused.entries.filter((entry) => !firstHalf.has(by(entry)))
    this.#suspects.unshift(first, second)
    return []
  }

  #answered(): Change | undefined {
    const answered = this.#inFlight
    this.#inFlight = undefined
    return answered
  }

  #isConfirmed(entry: ChannelEntry): boolean {
    const confirmed: ReadonlySet<string> = this.#confirmed
    return confirmed.has(entry) || confirmed.has(`${channelOf(entry)}:*`)
  }
}

const without = (
  set: ReadonlySet<ChannelEntry>,
  entries: Iterable<ChannelEntry>,
): ReadonlySet<ChannelEntry> => {
  const rest = new Set(set)
  for (const entry of entries) rest.delete(entry)
  return rest
}
