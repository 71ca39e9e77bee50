import { backoffMs } from '#shared/backoff'
import { SECOND_MS } from '#shared/time'
import type { ExchangeDay } from '#shared/units'
import { AlpacaError, readCorporateAction, type AlpacaClient, type CorporateAction } from '#alpaca'
import { pause, within, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import { actionRequests, askActions, FIRST_ACTION_DAY } from '#storage'
import { splitsOf, type BarCache, type Bus, type MarketEvents, type Split } from '../market/index.ts'
import type { ActionStore } from '../storage-client/index.ts'

/** Delay before what failed is asked for again: 15, 30, 60 ... 900 s. */
const RETRY = { firstMs: 15 * SECOND_MS, longestMs: 900 * SECOND_MS }
/** How long the first prices wait for splits; without them a split day would show a false change. */
const READY_WITHIN_MS = 3_000
/** How long to wait for a database that is being opened, and how often to try. */
const RECALL_WITHIN_MS = 30_000
const TRY_AGAIN_MS = 100

interface CorporateActionsDeps {
  readonly client: Pick<AlpacaClient, 'getCorporateActions'>
  readonly store: ActionStore
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  /** The exchange's day whose prices are on the screen. */
  readonly today: () => ExchangeDay
  readonly clock: Clock
  readonly log: Log
}

/**
 * Splits, symbol changes and dividends of the watched and the stored symbols: asked for at the start, for each new
 * symbol and each day, and kept. The cache knows the splits that have begun.
 */
export class CorporateActions {
  readonly #deps: CorporateActionsDeps
  readonly #splits = new Map<string, readonly Split[]>()
  readonly #abort = new AbortController()
  readonly #retries = new Set<() => void>()

  constructor(deps: CorporateActionsDeps) {
    this.#deps = deps
  }

  /** Asks for everything; resolves once the watched symbols' splits are in the cache, or cannot be had for now. */
  async start(watched: readonly string[]): Promise<void> {
    const all = this.#refreshAll(watched)
    await within(this.#deps.clock, READY_WITHIN_MS, all.watched)
  }

  /** Asks for these symbols again. */
  async refresh(symbols: readonly string[]): Promise<void> {
    for (const some of actionRequests(symbols)) await this.#ask(some)
  }

  /** A new day has begun: splits may have begun with it, and more may be announced. */
  newDay(watched: readonly string[]): void {
    this.#apply(watched)
    this.#refreshAll(watched)
  }

  stop(): void {
    this.#abort.abort()
    for (const stopRetry of this.#retries) stopRetry()
  }

  /** Asks for the watched symbols, then for the others of which bars were loaded. */
  #refreshAll(watched: readonly string[]): { readonly watched: Promise<void> } {
    const asked = this.refresh(watched)
    void asked.then(() => this.#refreshLoaded(new Set(watched)))
    return { watched: asked }
  }

  async #refreshLoaded(besides: ReadonlySet<string>, tries = 0): Promise<void> {
    const loaded = await this.#deps.store.loadedSymbols()
    if (loaded.ok) return this.refresh(loaded.value.filter((symbol) => !besides.has(symbol)))
    this.#later(tries, () => void this.#refreshLoaded(besides, tries + 1))
  }

  /** Asks once, and again later if there was no answer, or no database to keep it in. */
  async #ask(symbols: readonly string[], tries = 0): Promise<void> {
    const { client, store, log, today } = this.#deps
    const { signal } = this.#abort
    try {
      const { actions, answered } = await askActions(client, symbols, today(), signal)
      this.#learn(symbols, actions)
      const kept = await store.keep(answered)
      if (kept.ok) return
      log.debug('Corporate actions could not be kept: the database is away')
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      if (signal.aborted) return
      log.warn({ kind: cause.kind }, `Could not fetch corporate actions: ${cause.message}`)
      if (tries === 0) await this.#recall(symbols)
    }
    this.#later(tries, () => void this.#ask(symbols, tries + 1))
  }

  #later(tries: number, run: () => void): void {
    if (this.#abort.signal.aborted) return
    const stop = this.#deps.clock.after(backoffMs(RETRY, tries), () => {
      this.#retries.delete(stop)
      run()
    })
    this.#retries.add(stop)
  }

  /** Uses what was kept the last time. */
  async #recall(symbols: readonly string[]): Promise<void> {
    const { store, clock } = this.#deps
    const until = clock.now() + RECALL_WITHIN_MS
    const ask = () => store.read({ symbols: [...symbols], from: FIRST_ACTION_DAY })
    let kept = await ask()
    while (!kept.ok && kept.error.kind === 'starting' && clock.now() < until) {
      await pause(clock, TRY_AGAIN_MS, this.#abort.signal)
      kept = await ask()
    }
    if (!kept.ok || this.#abort.signal.aborted) return
    const read = kept.value.map(({ type, terms }) => readCorporateAction(type, terms))
    this.#learn(
      symbols,
      read.filter((action) => typeof action !== 'string'),
    )
  }

  #learn(symbols: readonly string[], actions: readonly CorporateAction[]): void {
    for (const symbol of symbols)
      this.#splits.set(symbol, splitsOf(actions.filter((action) => action.symbol === symbol)))
    this.#apply(symbols)
  }

  /** Tells the cache which splits have begun. */
  #apply(symbols: readonly string[]): void {
    const { cache, bus, today } = this.#deps
    const day = today()
    const watched = symbols.filter((symbol) => cache.has(symbol))
    for (const symbol of watched)
      cache.setSplits(
        symbol,
        (this.#splits.get(symbol) ?? []).filter(({ exDay }) => exDay <= day),
      )
    if (watched.length > 0) bus.publish('filled', { symbols: watched })
  }
}
