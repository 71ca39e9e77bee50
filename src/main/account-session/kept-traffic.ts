import * as z from 'zod'
import { parseJson } from '#shared/parse-json'
import { MINUTE_MS } from '#shared/time'
import { pause, within, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import { storedTraffic, type BarCache, type StoredTraffic, type TrafficProfile } from '../market/index.ts'
import type { KeptValues } from './kept-days.ts'

const KEEP_EVERY_MS = 5 * MINUTE_MS
/** Time to wait for a database that is being opened, because bars are learned on top of what was stored. */
const RECALL_WITHIN_MS = 3_000
const TRY_AGAIN_MS = 100
/** Longest wait for the database to store the traffic, so that closing is not delayed. */
const KEPT_WITHIN_MS = 1_000

const keptTraffic = z.record(z.string(), z.unknown())

interface KeptTrafficDeps {
  /** In the mode's own database, so that the demo market's traffic is never taken for the exchange's. */
  readonly values: KeptValues
  /** Each feed, and each host that isn't Alpaca's, has its own traffic: volumes and trade counts are not comparable. */
  readonly feed: string
  readonly profile: TrafficProfile
  readonly cache: BarCache
  readonly clock: Clock
  readonly log: Log
}

/** Stores the usual traffic of the watched symbols across restarts. */
export class KeptTraffic {
  readonly #deps: KeptTrafficDeps
  readonly #name: string
  #isRecalled = false

  constructor(deps: KeptTrafficDeps) {
    this.#deps = deps
    this.#name = `usual-traffic:${deps.feed}`
  }

  /** Restores the stored traffic into the profile. Resolves once it is there, or is unavailable for now. */
  async recall(): Promise<void> {
    const { clock, profile, log } = this.#deps
    const kept = await this.#read(clock.now() + RECALL_WITHIN_MS)
    if (!kept?.ok) return log.debug('The usual traffic could not be recalled: the database is away')
    this.#isRecalled = true
    const { traffic, problems } = readKept(kept.value ?? '{}')
    if (problems.length > 0) log.warn({ problems }, 'Some of the usual traffic could not be read')
    profile.restore(traffic)
  }

  /** Stores the traffic every few minutes from now on, and once more at the end. Returns its stop. */
  start(): () => Promise<void> {
    const stop = this.#deps.clock.every(KEEP_EVERY_MS, () => void this.#recallAndKeep())
    return () => {
      stop()
      return this.#keep()
    }
  }

  /** Recalls first if that failed so far: stored traffic is never replaced by what was learned without it. */
  async #recallAndKeep(): Promise<void> {
    if (!this.#isRecalled) await this.recall()
    await this.#keep()
  }

  async #keep(): Promise<void> {
    if (!this.#isRecalled) return
    const { values, profile, cache, clock, log } = this.#deps
    const watched = Object.entries(profile.toJSON()).filter(([symbol]) => cache.has(symbol))
    const value = JSON.stringify(Object.fromEntries(watched))
    const kept = await within(clock, KEPT_WITHIN_MS, values.keep({ name: this.#name, value }))
    if (!kept?.ok) log.debug('The usual traffic could not be kept: the database is away')
  }

  async #read(until: number): Promise<Awaited<ReturnType<KeptValues['read']>> | undefined> {
    const { values, clock } = this.#deps
    const reading = values.read({ name: this.#name })
    const kept = await within(clock, Math.max(0, until - clock.now()), reading)
    if (kept === undefined || kept.ok || kept.error.kind !== 'starting' || clock.now() >= until) return kept
    await pause(clock, TRY_AGAIN_MS)
    return this.#read(until)
  }
}

/** The stored traffic of each symbol that can be read, and what is wrong with the others: they are learned again. */
function readKept(text: string): {
  traffic: Readonly<Record<string, StoredTraffic>>
  problems: readonly string[]
} {
  const kept = keptTraffic.safeParse(parseJson(text))
  if (!kept.success) return { traffic: {}, problems: [z.prettifyError(kept.error)] }
  const read = Object.entries(kept.data).map(
    ([symbol, value]) => [symbol, storedTraffic.safeParse(value)] as const,
  )
  return {
    traffic: Object.fromEntries(read.flatMap(([symbol, { data }]) => (data ? [[symbol, data]] : []))),
    problems: read.flatMap(([symbol, { error }]) => (error ? [`${symbol}: ${z.prettifyError(error)}`] : [])),
  }
}
