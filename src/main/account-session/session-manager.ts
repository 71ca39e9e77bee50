import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import type { DatabaseStatus } from '#shared/database'
import type { Anomaly, ProcessState, SystemStats } from '#shared/health'
import type { OrderRefusal, SignalEmitter } from '#shared/ipc/contract'
import { err, type Result } from '#shared/result'
import { callOn, handlersBy } from '#shared/rpc/pass-on'
import type { RuntimeConcern } from '#shared/runtime-concern'
import { mode as modeSchema, type Mode, type SettingsView } from '#shared/settings'
import type { OrderProblem } from '#shared/trading/problem'
import { alpacaConfig, type Asset } from '#alpaca'
import type { ModeStorage } from '../storage-client/index.ts'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { LoopDelay } from '../monitor/index.ts'
import type { OrderNotice, SafetyStore } from '../execution/index.ts'
import type { Fork } from '#process/supervisor'
import type { Environment, SettingsStore } from '../settings/index.ts'
import { runDemoMarket } from './demo-process.ts'
import { AccountSession } from './account-session.ts'
import { sessionContract } from './session-context.ts'

interface SessionManagerDeps {
  readonly store: SettingsStore
  readonly forkDemoMarket: Fork
  readonly demoOptions: { readonly seed?: number; readonly rate?: number; readonly accountFile?: string }
  /** Variables for a demo market that is already running, if there is one. */
  readonly demoAddress: Environment | undefined
  /** The safety state of a mode. */
  readonly safetyOf: (mode: Mode) => SafetyStore
  /** What makes this runtime unsafe for real money, as of now. */
  readonly concerns: () => readonly RuntimeConcern[]
  readonly modeStorage: Pick<
    ModeStorage,
    'use' | 'write' | 'state' | 'close' | 'eventLog' | 'corporateActions'
  >
  readonly emit: Pick<SignalEmitter, 'market' | 'monitor' | 'trading' | 'audit'>
  readonly onAnomaly: (anomaly: Anomaly) => void
  readonly onOrderNotice: (notice: OrderNotice) => void
  readonly loopDelay: LoopDelay
  readonly clock: Clock
  readonly log: Log
}

/** An input that names the mode it is meant for. */
const forMode = z.object({ mode: modeSchema })

/** Keeps one account session open, the one the settings call for. */
export class SessionManager {
  readonly #deps: SessionManagerDeps
  readonly #stopFollowing: () => void
  #isVisible = false
  #demoMarket: ProcessState | undefined
  #stopDemoMarket: (() => void) | undefined
  /** What the open session was opened for, see {@link #marketOf}. */
  #market: unknown
  #session: AccountSession
  /** Where the last damaged database was put. */
  #setAside: string | undefined

  constructor(deps: SessionManagerDeps) {
    this.#deps = deps
    this.#session = this.#open(deps.store.view())
    this.#stopFollowing = deps.store.onChange((view, before) => this.#follow(view, before))
  }

  /** Passes the contract's calls to the session that is open when they come. */
  readonly handlers = handlersBy(
    sessionContract,
    (area, name, input) => this.#meantForAnother(input) ?? callOn(this.#session.handlers, area, name, input),
  )

  /** Refuses an input that names another mode than the session's, such as an order made before a switch. */
  #meantForAnother(input: unknown): Result<never, OrderRefusal> | undefined {
    const { mode } = this.#session
    const meant = forMode.safeParse(input).data?.mode
    if (meant === undefined || meant === mode) return undefined
    const sentence = `The market was switched to ${mode} meanwhile; this was meant for ${meant}. Nothing was sent.`
    const problem: OrderProblem = { code: 'NOT_CONNECTED', level: 'refuse', sentence }
    return err({ kind: 'refused', problems: [problem] })
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible
    this.#session.show({ isVisible })
  }

  /** All assets of the open market; none while it is not connected. */
  assets(): Promise<readonly Asset[]> {
    return this.#session.assets()
  }

  /** Called when the machine woke or its network changed. */
  refresh(reason: string): void {
    this.#session.refresh(reason)
  }

  /** A damaged database was backed up and a new one begun: the old one's account state ends with its session. */
  databaseChanged({ setAside }: Pick<DatabaseStatus, 'setAside'>): void {
    if (setAside === undefined || setAside === this.#setAside) return
    this.#setAside = setAside
    this.#reopen(this.#deps.store.view(), this.#session.close())
  }

  /** Disarms live trading, because the trader may have left. */
  disarm(): void {
    void this.handlers.trading.disarm()
  }

  async close(): Promise<void> {
    this.#stopFollowing()
    this.#stopDemoMarket?.()
    await this.#session.close()
  }

  #follow(view: SettingsView, before: SettingsView): void {
    if (!isDeepStrictEqual(this.#marketOf(view), this.#market)) {
      // Whatever the old session still writes goes to its own database.
      return this.#reopen(
        view,
        this.#session.close().then(() => this.#deps.modeStorage.close()),
      )
    }
    if (view.settings.throttleMs !== before.settings.throttleMs)
      this.#session.show({ throttleMs: view.settings.throttleMs })
    if (view.settings.symbols.join() !== before.settings.symbols.join())
      this.#session.watch(view.settings.symbols)
  }

  #reopen(view: SettingsView, closing: Promise<void>): void {
    this.#stopDemoMarket?.()
    this.#stopDemoMarket = undefined
    this.#demoMarket = undefined
    // Alpaca allows one connection: the old one is closed before the new one opens.
    this.#session = this.#open(view, closing)
  }

  #open(view: SettingsView, after: Promise<void> = Promise.resolve()): AccountSession {
    const { modeStorage, safetyOf, concerns, emit, onAnomaly, onOrderNotice, loopDelay, clock, log } =
      this.#deps
    const { settings } = view
    this.#market = this.#marketOf(view)
    const session = new AccountSession({
      mode: settings.mode,
      ...(settings.mode !== 'demo' && { whyClosed: this.#deps.store.whyClosed(settings.mode) }),
      symbols: settings.symbols,
      throttleMs: settings.throttleMs,
      isVisible: this.#isVisible,
      emit,
      eventLog: modeStorage.eventLog,
      corporateActions: modeStorage.corporateActions,
      safety: safetyOf(settings.mode),
      concerns,
      onAnomaly,
      onOrderNotice,
      onBar: (bar) => modeStorage.write(bar),
      processes: () => this.#processes(),
      loopDelay,
      clock,
      log,
    })
    const connect = (variables: Environment | undefined) => {
      void after.then(() => {
        if (this.#session !== session) return
        modeStorage.use(settings.mode, variables)
        if (variables) session.connect(alpacaConfig(variables))
      })
    }
    if (settings.mode === 'demo') this.#findDemoMarket(connect)
    else connect(this.#deps.store.alpacaEnvironment(settings.mode))
    return session
  }

  #processes(): SystemStats['processes'] {
    const storage = this.#deps.modeStorage.state
    return { ...(this.#demoMarket && { demoMarket: this.#demoMarket }), ...(storage && { storage }) }
  }

  /**
   * The settings whose change needs another session: the mode, the feed, the database, whose log holds the
   * orders, and the keys, of which only the secret may have changed.
   */
  #marketOf({ settings: { mode, feed } }: SettingsView): unknown {
    const { store } = this.#deps
    const account = mode === 'demo' ? [] : [store.alpacaEnvironment(mode), store.whyClosed(mode)]
    return [mode, feed, store.databaseUrl(), ...account]
  }

  #findDemoMarket(connect: (variables: Environment) => void): void {
    const { demoAddress, forkDemoMarket, demoOptions, store, clock, log } = this.#deps
    if (demoAddress) return connect(demoAddress)
    const { symbols } = store.current()
    this.#stopDemoMarket = runDemoMarket({
      fork: forkDemoMarket,
      options: { ...demoOptions, ...(symbols.length > 0 && { symbols: [...symbols] }) },
      onReady: connect,
      onState: (state) => {
        this.#demoMarket = state
      },
      clock,
      log,
    })
  }
}
