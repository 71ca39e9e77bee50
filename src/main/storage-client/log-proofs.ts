import { ok, unreachable, type Result } from '#shared/result'
import type { RpcFault } from '#shared/rpc/channel'
import { MINUTE_MS } from '#shared/time'
import type { LogVerdict } from '#shared/trading/audit'
import type { Clock } from '#process/clock'
import type { DatabaseProblem, StorageApi } from '#storage'
import type { AnchorStore } from '../settings/index.ts'

/** How often the end of the log is noted, so that each day's close is noted soon after it. */
const NOTE_EVERY_MS = 15 * MINUTE_MS

interface LogProofsDeps {
  readonly prove: StorageApi['events']['prove']
  readonly anchors: AnchorStore
  /** Called when the log is found not to be as it was noted, and when that was accepted. */
  readonly onDoubt: (doubt: Doubt | undefined) => void
  readonly clock: Clock
}

type Proof = Extract<Awaited<ReturnType<LogProofsDeps['prove']>>, { readonly ok: true }>['value']

/** A verdict other than that all is well. */
type Doubt = Exclude<LogVerdict, { readonly kind: 'intact' }>

/**
 * Checks the event log of one open database against what is noted outside of it, and notes its end only after it was
 * found to continue what was noted before.
 */
export class LogProofs {
  readonly #deps: LogProofsDeps
  readonly #stop: () => void
  /** The worst that was found: a database that was replaced is known by the next check. */
  #doubt: Doubt | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(deps: LogProofsDeps) {
    this.#deps = deps
    this.#stop = deps.clock.every(NOTE_EVERY_MS, () => void this.prove())
  }

  get doubt(): Doubt | undefined {
    return this.#doubt
  }

  /** Checks the events after `after`, and those that are not noted yet; all of them with 0. */
  prove(after?: number): Promise<Result<LogVerdict, DatabaseProblem | RpcFault>> {
    return this.#inTurn(() => this.#proveNow(after))
  }

  async #proveNow(after: number | undefined): Promise<Result<LogVerdict, DatabaseProblem | RpcFault>> {
    const { prove, anchors, onDoubt } = this.#deps
    const proof = await prove({ known: [...anchors.known()], ...(after !== undefined && { after }) })
    if (!proof.ok) return proof
    const { verdict } = proof.value
    this.#note(proof.value)
    if (verdict.kind !== 'intact' && isWorse(verdict, this.#doubt)) {
      this.#doubt = verdict
      onDoubt(verdict)
    }
    return ok(withDoubt(verdict, this.#doubt))
  }

  /**
   * Goes on with a log that is not as it was noted, such as a restored backup, because the trader said so: notes it anew if
   * all of its hashes hold. Otherwise it stays in doubt.
   */
  accept(): Promise<void> {
    return this.#inTurn(() => this.#acceptNow())
  }

  async #acceptNow(): Promise<void> {
    const { prove, onDoubt } = this.#deps
    if (this.#doubt === undefined) return
    const proof = await prove({ known: [], after: 0 })
    if (!proof.ok || proof.value.verdict.kind === 'broken') return
    this.#note(proof.value)
    this.#doubt = undefined
    onDoubt(undefined)
  }

  /** One check after the other: each starts from what the one before it noted. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(run)
    this.#turn = done.catch(() => undefined)
    return done
  }

  #note({ log, place, verdict }: Proof): void {
    if (verdict.kind === 'broken' || verdict.events === 0) return
    const since = verdict.anchor?.since ?? this.#deps.clock.now()
    this.#deps.anchors.note({ log, place, anchor: { id: verdict.events, hash: verdict.lastHash, since } })
  }

  stop(): void {
    this.#stop()
  }
}

const isWorse = (found: Doubt, than: Doubt | undefined): boolean =>
  than === undefined || (found.kind === 'broken' && than.kind !== 'broken')

/** What a check shows, given what an earlier one found. */
function withDoubt(verdict: LogVerdict, doubt: Doubt | undefined): LogVerdict {
  if (verdict.kind !== 'intact' || doubt === undefined) return verdict
  switch (doubt.kind) {
    case 'broken':
      return doubt
    case 'replaced':
      return { ...verdict, kind: 'replaced', before: doubt.before }
    case 'unguarded':
      return { ...verdict, kind: 'unguarded' }
    default:
      return unreachable(doubt)
  }
}
