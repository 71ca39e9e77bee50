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
  /** Called when the log is found not to be as it was noted. */
  readonly onFound: (verdict: LogVerdict) => void
  readonly clock: Clock
}

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

  constructor(deps: LogProofsDeps) {
    this.#deps = deps
    this.#stop = deps.clock.every(NOTE_EVERY_MS, () => void this.prove())
  }

  get doubt(): Doubt | undefined {
    return this.#doubt
  }

  /** Checks the events after `after`, and those that are not noted yet; all of them with 0. */
  async prove(after?: number): Promise<Result<LogVerdict, DatabaseProblem | RpcFault>> {
    const { prove, anchors, clock, onFound } = this.#deps
    const proof = await prove({ known: [...anchors.known()], ...(after !== undefined && { after }) })
    if (!proof.ok) return proof
    const { log, place, verdict } = proof.value
    if (verdict.kind !== 'broken' && verdict.events > 0) {
      const since = verdict.anchor?.since ?? clock.now()
      anchors.note({ log, place, anchor: { id: verdict.events, hash: verdict.lastHash, since } })
    }
    if (verdict.kind !== 'intact' && isWorse(verdict, this.#doubt)) {
      this.#doubt = verdict
      onFound(verdict)
    }
    return ok(withDoubt(verdict, this.#doubt))
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
