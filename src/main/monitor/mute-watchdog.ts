import { isExchangeClosed } from '#shared/exchange-calendar'
import type { Connection, MarketSession } from '#shared/market'
import type { EpochMs } from '#shared/units'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import { suspicionOf, verdictOf, type ProbeAnswer, type Silence } from './mute-judgement.ts'
import { ReconnectBackoff } from './reconnect-backoff.ts'

const CHECK_MS = 1_000
/**
 * A gap between two checks this long shows that this process was frozen: what it missed then is not silence.
 */
const STOOD_STILL_MS = 5_000
/** A longer gap is sleep: the socket is not trusted afterwards. */
const SLEPT_MS = 30_000
/** How long the stream has after a probe to deliver what REST already shows. */
const GRACE_MS = 2_000
/** Minimum time before a probe that found nothing is repeated. */
const PROBE_PAUSE_MS = 5_000
/** The same for a probe that failed. */
const RETRY_PAUSE_MS = 5_000
/** Requests to reconnect that come closer together count as one. */
const REFRESH_PAUSE_MS = 3_000

export interface MuteWatchdogDeps {
  readonly connection: () => Connection
  readonly session: () => MarketSession
  /** When the stream last delivered a quote or trade of any symbol; undefined before the first. */
  readonly lastHeardAt: () => EpochMs | undefined
  /** Bursts expected in from <= t < until over all watched symbols that are not halted. */
  readonly expected: (from: EpochMs, until: EpochMs) => number
  /** Asks REST whether there are quotes that the stream did not deliver. Never rejects. */
  readonly probe: () => Promise<ProbeAnswer>
  /** Disconnects and connects again. */
  readonly reconnect: (reason: string) => void
  readonly log: Log
  readonly clock: Clock
}

/**
 * Detects a socket that is connected and answers pings but delivers nothing. A silence too long for chance
 * raises a suspicion; REST confirms or clears it, because the stream should have delivered whatever REST
 * shows; then the stream reconnects.
 */
export class MuteWatchdog {
  readonly #deps: MuteWatchdogDeps
  readonly #clock: Clock
  readonly #backoff = new ReconnectBackoff()
  /** Silence counts from here at the earliest: the start, or a wake-up. */
  #listeningSince: EpochMs
  /**
   * When REST last showed that the market itself is quiet: traffic expected before then does not count any
   * more.
   */
  #quietAt = Number.NEGATIVE_INFINITY
  #checkedAt: EpochMs
  #heardAt = Number.NEGATIVE_INFINITY
  #probeDueAt = Number.NEGATIVE_INFINITY
  #refreshedAt = Number.NEGATIVE_INFINITY
  #isProbing = false
  /** The probe of the current silence failed. */
  #lastProbeFailed = false
  #isStopped = false
  #isBeyondChance = false
  #muteReason: string | undefined

  constructor(deps: MuteWatchdogDeps) {
    this.#deps = deps
    this.#clock = deps.clock
    this.#listeningSince = this.#clock.now()
    this.#checkedAt = this.#listeningSince
  }

  /** Why the stream is considered mute; undefined while it is delivering. */
  get mute(): string | undefined {
    return this.#muteReason
  }

  /** Whether chance cannot explain the current silence, so that it is not learned as usual traffic. */
  get isBeyondChance(): boolean {
    return this.#isBeyondChance || this.#muteReason !== undefined
  }

  /** Starts watching; returns a function that stops it. */
  start(): () => void {
    this.#listeningSince = this.#clock.now()
    this.#checkedAt = this.#listeningSince
    this.#isStopped = false
    const stopChecks = this.#clock.every(CHECK_MS, () => this.#check())
    return () => {
      this.#isStopped = true
      stopChecks()
    }
  }

  /** Reconnects immediately after sleep or a network change: the socket may be dead without noticing. */
  refresh(reason: string): void {
    const now = this.#clock.now()
    this.#listeningSince = now
    if (Math.abs(now - this.#refreshedAt) >= REFRESH_PAUSE_MS) this.redial(reason)
  }

  /** Reconnects immediately, as the trader requests it, however recent the last reconnect. */
  redial(reason: string): void {
    const now = this.#clock.now()
    this.#listeningSince = now
    this.#refreshedAt = now
    this.#deps.log.info({ reason }, 'reconnecting the stream')
    this.#deps.reconnect(reason)
  }

  #check(): void {
    const now = this.#clock.now()
    const gap = now - this.#checkedAt
    this.#checkedAt = now
    if (gap < 0 || gap > STOOD_STILL_MS) this.#listeningSince = now
    if (gap > SLEPT_MS) return this.refresh('the computer slept')
    this.#noticeSpeech()
    const silence = this.#silence(now)
    const suspicion = silence === undefined ? 'none' : suspicionOf(silence)
    this.#isBeyondChance = suspicion === 'overwhelming'
    if (suspicion === 'none') this.#lastProbeFailed = false
    else if (this.#lastProbeFailed && this.#isBeyondChance && this.#muteReason === undefined)
      this.#settle('failed')
    else if (!this.#isProbing && now >= this.#probeDueAt) void this.#probe()
  }

  /** Since when nothing has come, and how much should have; undefined while nothing needs to come. */
  #silence(now: EpochMs): Silence | undefined {
    const { connection, session, lastHeardAt, expected } = this.#deps
    const { status, since } = connection()
    if (status !== 'connected' || isExchangeClosed(session().phase)) return undefined
    const from = Math.max(since, this.#listeningSince, lastHeardAt() ?? 0)
    return { silentMs: now - from, expected: expected(Math.max(from, this.#quietAt), now) }
  }

  async #probe(): Promise<void> {
    this.#isProbing = true
    try {
      const answer = await this.#deps.probe()
      this.#lastProbeFailed = answer === 'failed'
      if (answer === 'newer') await pause(this.#clock, GRACE_MS)
      if (!this.#isStopped) this.#settle(answer)
    } finally {
      this.#isProbing = false
    }
  }

  #settle(answer: ProbeAnswer): void {
    const now = this.#clock.now()
    const silence = this.#silence(now)
    const suspicion = silence === undefined ? 'none' : suspicionOf(silence)
    if (silence === undefined || suspicion === 'none') return // it delivered meanwhile, or the connection is down
    switch (verdictOf(answer, suspicion)) {
      case 'mute':
        return this.#declareMute(silence, answer, now)
      case 'quiet':
        this.#quietAt = now
        this.#probeDueAt = now + PROBE_PAUSE_MS
        return
      case 'unsure':
        this.#probeDueAt = now + RETRY_PAUSE_MS
    }
  }

  #declareMute({ silentMs, expected }: Silence, answer: ProbeAnswer, now: EpochMs): void {
    const seconds = Math.round(silentMs / 1_000)
    const evidence =
      answer === 'newer' ? 'Alpaca has newer prices' : `about ${Math.round(expected)} updates due`
    const reason = `Feed stalled: no data for ${seconds} s (${evidence}).`
    this.#muteReason = reason
    this.#deps.log.info({ silentMs, expected, answer }, reason) // the monitor reports it as an anomaly
    const wait = this.#backoff.nextWait(now)
    this.#probeDueAt = now + (wait > 0 ? wait : PROBE_PAUSE_MS)
    if (wait === 0) this.refresh('the stream was mute')
  }

  #noticeSpeech(): void {
    const heardAt = this.#deps.lastHeardAt()
    if (heardAt === undefined || heardAt <= this.#heardAt) return
    this.#heardAt = heardAt
    this.#backoff.heard(heardAt)
    this.#muteReason = undefined
  }
}
