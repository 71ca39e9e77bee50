import type { Connection, MarketSession } from '#shared/market'
import type { EpochMs } from '#shared/units'
import { pause, systemClock, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Bus, MarketEvents } from '../market/index.ts'
import { suspicionOf, verdictOf, type ProbeAnswer, type Silence } from './mute-judgement.ts'
import { ReconnectBackoff } from './reconnect-backoff.ts'

const CHECK_MS = 1_000
/** A gap between two checks that shows that this process stood still: what it did not hear then is no silence. */
const STOOD_STILL_MS = 5_000
/** A longer gap is sleep: the socket is not trusted afterwards. */
const SLEPT_MS = 30_000
/** After a probe, the stream has this long to bring what REST already shows. */
const GRACE_MS = 2_000
/** A probe that found nothing is not repeated sooner. */
const PROBE_PAUSE_MS = 5_000
/** Nor is one that failed. */
const RETRY_PAUSE_MS = 5_000
/** Requests to reconnect that come closer together are one. */
const REFRESH_PAUSE_MS = 3_000

export interface MuteWatchdogDeps {
  readonly bus: Bus<MarketEvents>
  readonly connection: () => Connection
  readonly session: () => MarketSession
  /** When the stream last brought a quote or trade of any symbol; nothing before the first. */
  readonly lastHeardAt: () => EpochMs | undefined
  /** Bursts due in from <= t < until over all watched symbols that are not halted. */
  readonly expected: (from: EpochMs, until: EpochMs) => number
  /** Asks REST whether quotes exist that the stream did not bring. Never rejects. */
  readonly probe: () => Promise<ProbeAnswer>
  /** Hangs up and dials anew. */
  readonly reconnect: (reason: string) => void
  readonly log: Log
  readonly clock?: Clock
}

/**
 * Finds a socket that is connected and answers pings but delivers nothing. A silence too long for chance raises a
 * suspicion; REST settles it, for what it shows the stream should have brought; then the stream is dialled anew.
 */
export class MuteWatchdog {
  readonly #deps: MuteWatchdogDeps
  readonly #clock: Clock
  readonly #backoff = new ReconnectBackoff()
  /** Silence counts from here at the earliest: the start, or a wake-up. */
  #listeningSince: EpochMs
  /** When REST last showed that the market itself is quiet: what was due before is no matter any more. */
  #quietAt = Number.NEGATIVE_INFINITY
  #checkedAt: EpochMs
  #heardAt = Number.NEGATIVE_INFINITY
  #probeDueAt = Number.NEGATIVE_INFINITY
  #refreshedAt = Number.NEGATIVE_INFINITY
  #isProbing = false
  /** The probe was asked about the present silence and could not say. */
  #lastProbeFailed = false
  #isStopped = false
  #isBeyondChance = false
  #muteReason: string | undefined

  constructor(deps: MuteWatchdogDeps) {
    this.#deps = deps
    this.#clock = deps.clock ?? systemClock
    this.#listeningSince = this.#clock.now()
    this.#checkedAt = this.#listeningSince
  }

  /** Why the stream is held to be mute; nothing while it speaks. */
  get mute(): string | undefined {
    return this.#muteReason
  }

  /** Whether chance cannot explain the present silence, so that nothing of usual traffic is learned from it. */
  get isBeyondChance(): boolean {
    return this.#isBeyondChance || this.#muteReason !== undefined
  }

  /** Watches from now on; returns the stop. */
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

  /** After sleep or a change of network: the socket may be dead without knowing, so dials anew at once. */
  refresh(reason: string): void {
    const now = this.#clock.now()
    this.#listeningSince = now
    if (Math.abs(now - this.#refreshedAt) >= REFRESH_PAUSE_MS) this.redial(reason)
  }

  /** The trader asks for it: dials anew, however lately that was done. */
  redial(reason: string): void {
    const now = this.#clock.now()
    this.#listeningSince = now
    this.#refreshedAt = now
    this.#deps.log.info({ reason }, 'dialling the stream anew')
    this.#deps.reconnect(reason)
  }

  #check(): void {
    const now = this.#clock.now()
    const gap = now - this.#checkedAt
    this.#checkedAt = now
    if (gap < 0 || gap > STOOD_STILL_MS) this.#listeningSince = now
    if (gap > SLEPT_MS) return this.refresh('the computer slept')
    this.#noticeSpeech(now)
    const silence = this.#silence(now)
    const suspicion = silence === undefined ? 'none' : suspicionOf(silence)
    this.#isBeyondChance = suspicion === 'overwhelming'
    if (suspicion === 'none') this.#lastProbeFailed = false
    else if (this.#lastProbeFailed && this.#isBeyondChance && this.#muteReason === undefined)
      this.#settle('failed')
    else if (!this.#isProbing && now >= this.#probeDueAt) void this.#probe()
  }

  /** Since when nothing came, and how much should have; nothing while nothing needs to come. */
  #silence(now: EpochMs): Silence | undefined {
    const { connection, session, lastHeardAt, expected } = this.#deps
    const { status, since } = connection()
    if (status !== 'connected' || session().phase === 'closed') return undefined
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
    if (silence === undefined || suspicion === 'none') return // it spoke meanwhile, or the link is down
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
      answer === 'newer' ? 'Alpaca has newer prices' : `about ${Math.round(expected)} updates were due`
    const reason = `The stream is connected but has delivered nothing for ${seconds} s, while ${evidence}.`
    if (this.#muteReason === undefined) this.#deps.bus.publish('mute', { at: now, mute: true, reason })
    this.#muteReason = reason
    this.#deps.log.info({ silentMs, expected, answer }, reason) // the monitor tells it as an anomaly
    const wait = this.#backoff.nextWait(now)
    this.#probeDueAt = now + (wait > 0 ? wait : PROBE_PAUSE_MS)
    if (wait === 0) this.refresh('the stream was mute')
  }

  #noticeSpeech(now: EpochMs): void {
    const heardAt = this.#deps.lastHeardAt()
    if (heardAt === undefined || heardAt <= this.#heardAt) return
    this.#heardAt = heardAt
    this.#backoff.heard(heardAt)
    if (this.#muteReason === undefined) return
    this.#muteReason = undefined
    this.#deps.bus.publish('mute', { at: now, mute: false, reason: 'The stream delivers again.' })
  }
}
