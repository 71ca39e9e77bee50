import type { SignalEmitter, SignalHandlers } from '#shared/ipc/contract'
import { ok } from '#shared/result'
import { MINUTE_MS } from '#shared/time'
import type { NoticeProblem, UpdateStatus } from '#shared/updates'
import type { ExchangeDay } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { fetchNotice } from './fetch-notice.ts'
import { keepNotice, readKeptNotice } from './kept-notice.ts'
import { nightOf } from './night.ts'
import type { ReleaseSource } from './release-source.ts'
import { readNotice, type NoticeFailure, type Notice, type ProvenNotice } from './signed-notice.ts'
import { isNewer } from '#shared/version'

/** How often to check whether a night has started. Each Signal checks at its own minute, so that they don't all ask together. */
const LOOK_EVERY_MS = 15 * MINUTE_MS

type NamedSource = Extract<ReleaseSource, { readonly kind: 'named' }>

interface UpdatesDeps {
  readonly source: ReleaseSource
  /** Keeps the highest notice that was ever proven. */
  readonly file: string
  /** Whether the user wants to be told of new versions, as of now. */
  readonly isWanted: () => boolean
  /** Opens a page in the user's browser. */
  readonly openPage: (address: string) => Promise<void>
  readonly emit: Pick<SignalEmitter, 'updates'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Tells of newer versions: asks for the publisher's signed notice at the start, once each night, and when the user asks.
 * Nothing is ever downloaded or installed, and Signal never restarts for it (docs/decisions/update-notice.md).
 */
export class Updates {
  readonly #deps: UpdatesDeps
  #kept: ProvenNotice | undefined
  #lastCheck: UpdateStatus['lastCheck']
  #running: Promise<void> | undefined
  /** The night in which the notice was last asked for without the user. */
  #night: ExchangeDay | undefined
  #stop: (() => void) | undefined
  #logged: NoticeProblem | undefined

  constructor(deps: UpdatesDeps) {
    this.#deps = deps
    const { source, file, log } = deps
    if (source.kind === 'named') this.#kept = readKeptNotice(file, source.publicKey, log)
  }

  readonly handlers: Pick<SignalHandlers, 'updates'> = {
    updates: {
      status: () => ok(this.#status()),
      check: async () => {
        await this.#check()
        return ok(this.#status())
      },
      openPage: async () => {
        const page = this.#newer()?.page
        if (page !== undefined) await this.#deps.openPage(page)
        return ok(undefined)
      },
    },
  }

  /** Asks now, whatever the hour, and from then on each night. Called when a window is shown; the first time counts. */
  start(): void {
    if (this.#stop) return
    const { clock } = this.#deps
    this.#checkIfWanted()
    this.#stop = clock.every(LOOK_EVERY_MS, () => {
      const night = nightOf(clock.now())
      if (night !== undefined && night !== this.#night) this.#checkIfWanted()
    })
  }

  /** Asks no more by itself. */
  stop(): void {
    this.#stop?.()
  }

  #checkIfWanted(): void {
    const { isWanted, clock, log } = this.#deps
    if (!isWanted()) return
    this.#night = nightOf(clock.now())
    // A bug here must not end Signal, as an unhandled rejection would.
    this.#check().catch((cause: unknown) => log.error({ err: cause }, 'Asking for newer versions failed'))
  }

  /** Asks once; while an answer is awaited, that one is the answer. */
  #check(): Promise<void> {
    const { source } = this.#deps
    if (source.kind !== 'named') return Promise.resolve()
    this.#running ??= this.#ask(source).finally(() => {
      this.#running = undefined
      this.#emit()
    })
    this.#emit()
    return this.#running
  }

  async #ask({ noticeUrl, version, publicKey }: NamedSource): Promise<void> {
    const { clock } = this.#deps
    const received = await fetchNotice({ url: noticeUrl, version, clock })
    const read = received.ok ? readNotice(received.value, publicKey) : received
    if (read.ok) this.#take(read.value)
    this.#logOnce(read.ok ? undefined : read.error)
    this.#lastCheck = { at: clock.now(), ...(!read.ok && { problem: read.error.problem }) }
  }

  /** Keeps the notice if it says more than the kept one: an older one, sent again, hides nothing. */
  #take(proven: ProvenNotice): void {
    if (this.#kept && !supersedes(proven.notice, this.#kept.notice)) return
    this.#kept = proven
    keepNotice(this.#deps.file, proven, this.#deps.log)
  }

  /** Logs why no notice came, and again only after something else has happened. */
  #logOnce(failure: NoticeFailure | undefined): void {
    if (failure?.problem === this.#logged) return
    this.#logged = failure?.problem
    if (failure === undefined) return
    const level = isOfNetwork(failure.problem) ? 'info' : 'warn'
    this.#deps.log[level](failure, 'No notice of newer versions')
  }

  /** The kept notice, if it is of a version newer than the running one. */
  #newer(): Notice | undefined {
    const { source } = this.#deps
    if (source.kind !== 'named' || !this.#kept) return undefined
    const { notice } = this.#kept
    return isNewer(notice.version, source.version) ? notice : undefined
  }

  #status(): UpdateStatus {
    const newer = this.#newer()
    return {
      source: this.#deps.source.kind,
      isChecking: this.#running !== undefined,
      ...(newer && {
        release: { version: newer.version, releasedAt: newer.releasedAt, notes: newer.notes },
      }),
      ...(this.#lastCheck && { lastCheck: this.#lastCheck }),
    }
  }

  #emit(): void {
    this.#deps.emit.updates.changed(this.#status())
  }
}

/** Whether a notice is of a later version, or corrects the other of the same version. */
const supersedes = (one: Notice, other: Notice): boolean =>
  isNewer(one.version, other.version) || (one.version === other.version && one.releasedAt > other.releasedAt)

/** Whether the answer just did not come, as without a network; anything else is worth a warning. */
const isOfNetwork = (problem: NoticeProblem): boolean =>
  problem === 'unreachable' || problem === 'timed-out' || problem === 'cut-off'
