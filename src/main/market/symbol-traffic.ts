import * as z from 'zod'
import type { EpochMs } from '#shared/units'
import { SLOTS } from './session-clock.ts'
import { storedSpreads, UsualSpread } from './usual-spread.ts'

/** First and last slot of each session, kept apart because a quiet pre-market says nothing about the open. */
const PHASES = [
  [0, 330],
  [330, 720],
  [720, SLOTS],
] as const

/** A minute's usual trades are averaged over this many minutes on either side. */
const SMOOTHED_MINUTES = 5
/** Maximum number of sessions that count; older ones fade. */
const SESSIONS = 20
/** The time in which live data loses half its weight, so a quiet afternoon is soon known as one. */
const HALF_LIFE_S = 600
/** The prior from bars weighs as much as this many live seconds. */
const PRIOR_S = 60
/** Without bars: seconds of silence assumed to have come before everything else. */
const DOUBT_S = 5
/**
 * Bursts per trade, until live ticks calibrate it: low, because a silence wrongly judged suspicious costs
 * trust.
 */
const BURSTS_PER_TRADE = 0.5
/** Maximum bursts per second assumed for any symbol before live data shows more. */
const FASTEST_PRIOR = 5
/** Minimum trades per minute assumed for any symbol, so that ratios stay finite. */
const LEAST_TRADES = 0.02
/** Maximum factor for applying a level from a quiet hour to a busy one. */
const STEEPEST_RISE = 5
/** Live seconds after which a symbol without bars counts as known. */
const KNOWN_AFTER_S = 120

const amount = z.number().min(0).max(1e9)
/** {@link SymbolTraffic} as it is stored: the usual trades of each slot, the live calibration, the usual spreads. */
export const storedTraffic = z.object({
  trades: amount.array().length(SLOTS).optional(),
  sessions: z.number().int().min(0).max(SESSIONS),
  /** Sessions are learned up to here, epoch ms; 0 before the first. */
  learnedUntil: z.number().int().min(0),
  active: amount,
  seconds: amount,
  exposure: amount,
  spreads: storedSpreads.optional(),
})
export type StoredTraffic = z.output<typeof storedTraffic>

/** The traffic of one symbol: trades per minute from bars, how many bursts go with them, and the usual spread. */
export class SymbolTraffic {
  #trades: Float64Array | undefined
  #smoothed: Float64Array | undefined
  #sessions = 0
  #learnedUntil = 0
  /** Fading sums of live data: seconds with ticks, all seconds, and trades expected in them. */
  #active = 0
  #seconds = 0
  #exposure = 0
  #spread = new UsualSpread()

  static from(stored: StoredTraffic): SymbolTraffic {
    const { trades, sessions, learnedUntil, active, seconds, exposure, spreads } = stored
    const traffic = new SymbolTraffic()
    traffic.#spread = new UsualSpread(spreads)
    if (trades !== undefined) traffic.#use(Float64Array.from(trades))
    traffic.#sessions = sessions
    traffic.#learnedUntil = learnedUntil
    traffic.#active = active
    traffic.#seconds = seconds
    traffic.#exposure = exposure
    return traffic
  }

  toJSON(): StoredTraffic {
    const trades = this.#trades && Array.from(this.#trades, (count) => Math.round(count * 1e3) / 1e3)
    return {
      ...(trades && { trades }),
      sessions: this.#sessions,
      learnedUntil: this.#learnedUntil,
      active: this.#active,
      seconds: this.#seconds,
      exposure: this.#exposure,
      spreads: this.#spread.toJSON(),
    }
  }

  get isKnown(): boolean {
    return this.#trades !== undefined || this.#seconds >= KNOWN_AFTER_S
  }

  /** Number of sessions learned, at most 20; older ones have faded. */
  get sessions(): number {
    return this.#sessions
  }

  /** Sessions are learned up to here, epoch ms; 0 before the first. */
  get learnedUntil(): EpochMs {
    return this.#learnedUntil
  }

  /** Learns a session: its trades by slot, of the covered slots, which end at `until`. */
  learn(trades: Float64Array, isCovered: Uint8Array, until: EpochMs): void {
    const mean = this.#trades ?? new Float64Array(SLOTS)
    this.#learnedUntil = until
    this.#sessions = Math.min(this.#sessions + 1, SESSIONS)
    for (let slot = 0; slot < SLOTS; slot++) {
      if (isCovered[slot] !== 1) continue
      const before = mean[slot] ?? 0
      mean[slot] = before + ((trades[slot] ?? 0) - before) / this.#sessions
    }
    this.#use(mean)
  }

  observe(slot: number, seconds: number, bursts: number): void {
    const fade = 2 ** (-seconds / HALF_LIFE_S)
    this.#active = this.#active * fade + Math.min(bursts, seconds)
    this.#seconds = this.#seconds * fade + seconds
    this.#exposure = this.#exposure * fade + (this.#usualTrades(slot) * seconds) / 60
  }

  /** Learns the spread of the quote that stands in that slot, a fraction of its mid. */
  observeSpread(slot: number, spread: number): void {
    this.#spread.observe(phaseOf(slot), spread)
  }

  /** The widest spread with which a quote sets the price in that slot, as a fraction of its mid. */
  widestSpread(slot: number): number {
    return this.#spread.widest(phaseOf(slot))
  }

  /** Bursts per second by slot. Calculated once for a whole silence, which may span hundreds of slots. */
  rates(): (slot: number) => number {
    if (this.#seconds === 0) return (slot) => this.#priorRate(this.#usualTrades(slot))
    const watched = (this.#exposure / this.#seconds) * 60
    const level = this.#levelAt(watched)
    return (slot) => level * Math.min(this.#usualTrades(slot) / watched, STEEPEST_RISE)
  }

  /** Probability of a minute bar, that is, of a trade in the minute. */
  chanceOfBar(slot: number): number {
    return this.#smoothed === undefined ? 0 : 1 - Math.exp(-(this.#smoothed[slot] ?? 0))
  }

  /** Bursts per second in the hours observed live, given their usual trades per minute. */
  #levelAt(watched: number): number {
    const priorSeconds = this.#trades === undefined ? DOUBT_S : PRIOR_S
    const priorActive = 1 - Math.exp(-this.#priorRate(watched))
    const weight = this.#seconds + priorSeconds
    const active = Math.min((this.#active + priorActive * priorSeconds) / weight, 1 - 0.5 / weight)
    // A second without a tick has the probability exp(-rate), if bursts are independent.
    return -Math.log1p(-active)
  }

  /**
   * Bursts per second expected for that many usual trades per minute, before any live data; 0 without bars.
   */
  #priorRate(usual: number): number {
    return this.#trades === undefined ? 0 : Math.min((BURSTS_PER_TRADE * usual) / 60, FASTEST_PRIOR)
  }

  #usualTrades(slot: number): number {
    return this.#smoothed === undefined ? 1 : Math.max(this.#smoothed[slot] ?? 0, LEAST_TRADES)
  }

  #use(trades: Float64Array): void {
    this.#trades = trades
    this.#smoothed = smooth(trades)
  }
}

const phaseOf = (slot: number): number => PHASES.findIndex(([, end]) => slot < end)

/** Averages each slot over its neighborhood, within its own session. */
function smooth(trades: Float64Array): Float64Array {
  const smoothed = new Float64Array(trades.length)
  for (const [start, end] of PHASES) {
    for (let slot = start; slot < end; slot++) {
      const from = Math.max(start, slot - SMOOTHED_MINUTES)
      const until = Math.min(end, slot + SMOOTHED_MINUTES + 1)
      let sum = 0
      for (let near = from; near < until; near++) sum += trades[near] ?? 0
      smoothed[slot] = sum / (until - from)
    }
  }
  return smoothed
}
