import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'
import type { VerificationReport } from '#shared/verification'
import type { HistoryFault } from './loads.ts'
import { useDatabase } from './database.ts'
import { ask, signal } from './signal.ts'

/** Progress and result of the last verification. */
export type Verification =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly done: number
      readonly total: number
      /** The last symbol verified. */
      readonly symbol?: StockSymbol
      readonly stopping: boolean
    }
  | {
      readonly kind: 'ready'
      readonly reports: readonly VerificationReport[]
      /** How many symbols were requested; more than the reports if it was stopped. */
      readonly asked: number
    }
  | { readonly kind: 'failed'; readonly fault: HistoryFault; readonly symbols: readonly StockSymbol[] }

/** The verification of stored bars: one at a time, independent of the screen shown. */
export const useVerification = create<Verification>(() => ({ kind: 'idle' }))

const now = (state: Verification) => useVerification.setState(state, true)

/** Verifies what is stored of these symbols. Does nothing while another verification runs. */
export async function verify(symbols: readonly StockSymbol[]): Promise<void> {
  if (useVerification.getState().kind === 'running') return
  now({ kind: 'running', done: 0, total: symbols.length, stopping: false })
  const answer = await ask(signal().history.verify({ symbols: [...symbols] }))
  now(
    answer.ok
      ? { kind: 'ready', reports: answer.value, asked: symbols.length }
      : { kind: 'failed', fault: answer.error, symbols },
  )
}

/** Stops the verification after the current symbol; results up to then are shown. */
export async function stopVerifying(): Promise<void> {
  const state = useVerification.getState()
  if (state.kind !== 'running') return
  now({ ...state, stopping: true })
  await ask(signal().history.stopVerifying())
}

/**
 * Follows the progress of a verification; a report is dropped when the database changes. Returns its stop.
 */
export function followVerification(): () => void {
  const stopProgress = signal().history.verified(({ symbol, done, total }) => {
    const state = useVerification.getState()
    if (state.kind === 'running') now({ ...state, symbol, done, total })
  })
  const stopDatabase = useDatabase.subscribe(({ status }, { status: before }) => {
    const isOther = before !== undefined && status?.address !== before.address
    if (isOther && useVerification.getState().kind !== 'running') now({ kind: 'idle' })
  })
  return () => {
    stopProgress()
    stopDatabase()
  }
}
