import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'
import type { VerificationReport } from '#shared/verification'
import type { HistoryFault } from './loads.ts'
import { useDatabase } from './database.ts'
import { ask, signal } from './signal.ts'

/** How far the last verification is, and what it found. */
export type Verification =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly done: number
      readonly total: number
      /** The one verified last. */
      readonly symbol?: StockSymbol
      readonly stopping: boolean
    }
  | {
      readonly kind: 'ready'
      readonly reports: readonly VerificationReport[]
      /** How many symbols it was asked for; more than there are reports where it was stopped. */
      readonly asked: number
    }
  | { readonly kind: 'failed'; readonly fault: HistoryFault; readonly symbols: readonly StockSymbol[] }

/** The verification of what is stored: one at a time, which goes on whatever screen is shown. */
export const useVerification = create<Verification>(() => ({ kind: 'idle' }))

const now = (state: Verification) => useVerification.setState(state, true)

/** Looks at what is stored of these symbols. Does nothing while another verification runs. */
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

/** Ends the verification after the symbol at hand; what was found until then is shown. */
export async function stopVerifying(): Promise<void> {
  const state = useVerification.getState()
  if (state.kind !== 'running') return
  now({ ...state, stopping: true })
  await ask(signal().history.stopVerifying())
}

/** Listens to how far a verification is; a report does not outlive the database it is about. Returns its stop. */
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
