import { isDeepStrictEqual } from 'node:util'
import type { Anomaly, ProcessState, SystemStats } from '#shared/health'
import type { SignalEmitter, SignalHandlers } from '#shared/ipc/contract'
import { ok } from '#shared/result'
import type { SettingsView } from '#shared/settings'
import { alpacaConfig, type Asset } from '../alpaca/index.ts'
import type { Archive } from '../archive/index.ts'
import type { Log } from '../log.ts'
import type { LoopDelay } from '../monitor/index.ts'
import type { Fork } from '../process/index.ts'
import type { Environment, SettingsStore } from '../settings/index.ts'
import { runDemoMarket } from './demo-process.ts'
import { Desk } from './desk.ts'

interface DesksParts {
  readonly store: SettingsStore
  readonly forkDemoMarket: Fork
  readonly demoOptions: { readonly seed?: number; readonly rate?: number }
  /** Variables that lead to a demo market which runs already, if there is one. */
  readonly demoAddress: Environment | undefined
  readonly archive: Pick<Archive, 'use' | 'write' | 'state' | 'stop'>
  readonly emit: Pick<SignalEmitter, 'market' | 'monitor'>
  readonly onAnomaly: (anomaly: Anomaly) => void
  readonly loopDelay: LoopDelay
  readonly log: Log
}

/** Keeps one desk open, the one that the settings ask for. */
export class Desks {
  readonly #parts: DesksParts
  readonly #stopFollowing: () => void
  #isVisible = false
  #demoMarket: ProcessState | undefined
  #stopDemoMarket: (() => void) | undefined
  /** What the open desk was opened for. */
  #market: unknown
  #desk: Desk

  constructor(parts: DesksParts) {
    this.#parts = parts
    this.#desk = this.#open(parts.store.view())
    this.#stopFollowing = parts.store.onChange((view, before) => this.#follow(view, before))
  }

  /** Answers the contract's market and monitor calls by the desk that is open at that moment. */
  get handlers(): Pick<SignalHandlers, 'market' | 'monitor'> {
    return {
      market: {
        snapshot: () => ok(this.#desk.snapshot()),
        reconnect: () => ok(this.#desk.refresh('asked for by the trader')),
      },
      monitor: {
        stats: () => ok(this.#desk.stats()),
        anomalies: () => ok(this.#desk.anomalies()),
      },
    }
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible
    this.#desk.setVisible(isVisible)
  }

  /** All assets of the market that is open; none while it is not connected. */
  assets(): Promise<readonly Asset[]> {
    return this.#desk.assets()
  }

  /** The machine woke, or its network changed. */
  refresh(reason: string): void {
    this.#desk.refresh(reason)
  }

  async close(): Promise<void> {
    this.#stopFollowing()
    this.#stopDemoMarket?.()
    await this.#desk.close()
  }

  #follow(view: SettingsView, before: SettingsView): void {
    if (!isDeepStrictEqual(this.#marketOf(view), this.#market)) return this.#reopen(view)
    if (view.settings.throttleMs !== before.settings.throttleMs)
      this.#desk.setThrottle(view.settings.throttleMs)
    if (view.settings.symbols.join() !== before.settings.symbols.join())
      this.#desk.watch(view.settings.symbols)
  }

  #reopen(view: SettingsView): void {
    const closing = this.#desk.close()
    this.#parts.archive.stop()
    this.#stopDemoMarket?.()
    this.#stopDemoMarket = undefined
    this.#demoMarket = undefined
    // Alpaca allows one connection: the old one is closed before the new one is dialled.
    this.#desk = this.#open(view, closing)
    const { market } = this.#parts.emit
    const { rows, sparklines, connection, session } = this.#desk.snapshot()
    market.connection(connection)
    market.session(session)
    market.changes(rows)
    market.sparklines(sparklines)
  }

  #open(view: SettingsView, after: Promise<void> = Promise.resolve()): Desk {
    const { archive, emit, onAnomaly, loopDelay, log } = this.#parts
    const { settings } = view
    this.#market = this.#marketOf(view)
    const desk = new Desk({
      isDemo: settings.mode === 'demo',
      symbols: settings.symbols,
      throttleMs: settings.throttleMs,
      isVisible: this.#isVisible,
      emit,
      onAnomaly,
      onBar: (bar) => archive.write(bar),
      processes: () => this.#processes(),
      loopDelay,
      log,
    })
    const connect = (variables: Environment) => {
      void after.then(() => {
        if (this.#desk !== desk) return
        archive.use(settings.mode, variables)
        desk.connect(alpacaConfig(variables))
      })
    }
    if (settings.mode === 'demo') this.#findDemoMarket(connect)
    else {
      const variables = this.#parts.store.alpacaEnvironment(settings.mode)
      if (variables) connect(variables)
      else archive.use(settings.mode, undefined)
    }
    return desk
  }

  #processes(): SystemStats['processes'] {
    const storage = this.#parts.archive.state
    return { ...(this.#demoMarket && { demoMarket: this.#demoMarket }), ...(storage && { storage }) }
  }

  /** What a change of needs another desk: the mode, the feed, and the keys, of which the secret may be all that changed. */
  #marketOf({ settings: { mode, feed } }: SettingsView): unknown {
    return [mode, feed, mode === 'demo' ? undefined : this.#parts.store.alpacaEnvironment(mode)]
  }

  #findDemoMarket(connect: (variables: Environment) => void): void {
    const { demoAddress, forkDemoMarket, demoOptions, store, log } = this.#parts
    if (demoAddress) return connect(demoAddress)
    this.#stopDemoMarket = runDemoMarket({
      fork: forkDemoMarket,
      options: { ...demoOptions, symbols: [...store.current().symbols] },
      onReady: connect,
      onState: (state) => {
        this.#demoMarket = state
      },
      log,
    })
  }
}
