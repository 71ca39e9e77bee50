import { create } from 'zustand'
import { counted, formatCount } from '#shared/format/numbers'
import type { LoadProgress } from '#shared/history'
import type { AppInfo } from '#shared/ipc/contract'
import type { Fault } from '../ui/faults.ts'
import { followAccountOfChoice } from './audit-choice.ts'
import { followClock } from './clock.ts'
import { followConnection } from './connection.ts'
import { followDatabase } from './database.ts'
import { followLoads } from './loads.ts'
import { followMarket, loadMarket } from './market.ts'
import { followSettings, loadSettings } from './settings.ts'
import { ask, signal } from './signal.ts'
import { followStats, loadStats } from './stats.ts'
import { tell } from './toasts.ts'
import { followTrading, refreshTrading } from './trading.ts'
import { followUpdates } from './updates.ts'
import { followVerification, verify } from './verification.ts'

/** How far this window has started: it is `ready` once it can paint a first frame with real data. */
export type Start =
  | { readonly kind: 'loading'; readonly waitingFor: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly fault: Fault }

/** The start of this window, and what the app runs on. */
export const useStart = create<{ readonly start: Start; readonly info?: AppInfo }>(() => ({
  start: { kind: 'loading', waitingFor: 'settings' },
}))

/** Asks main for everything a first frame needs; may be retried after a failure. */
export async function loadAll(): Promise<void> {
  useStart.setState({ start: { kind: 'loading', waitingFor: 'settings' } })
  void loadInfo()
  void loadStats()
  void refreshTrading()
  const settingsFault = await loadSettings()
  if (settingsFault) return useStart.setState({ start: { kind: 'failed', fault: settingsFault } })
  useStart.setState({ start: { kind: 'loading', waitingFor: 'prices' } })
  const marketFault = await loadMarket()
  if (marketFault) return useStart.setState({ start: { kind: 'failed', fault: marketFault } })
  useStart.setState({ start: { kind: 'ready' } })
}

async function loadInfo(): Promise<void> {
  const answer = await ask(signal().app.info())
  if (answer.ok) useStart.setState({ info: answer.value })
}

/** Announces a finished load and verifies its symbols right away. */
function tellAndVerify({ barsLoaded, request: { symbols } }: LoadProgress): void {
  const ofSymbols = symbols.length === 1 ? symbols[0] : counted(symbols.length, 'symbol')
  tell({ tone: 'done', text: `${ofSymbols}: ${formatCount(barsLoaded)} bars downloaded. Verifying…` })
  void verify(symbols)
}

/** Subscribes before it asks for current values, so that nothing is missed in between; returns its stop. */
export function followMain(): () => void {
  const stops = [
    followClock(),
    followMarket(),
    followConnection(),
    followStats(),
    followSettings(),
    followLoads(tellAndVerify),
    followDatabase(),
    followTrading(),
    followUpdates(),
    followVerification(),
    followAccountOfChoice(),
    signal().app.notice((text) => tell({ tone: 'failed', text })),
  ]
  void loadAll()
  return () => {
    for (const stop of stops) stop()
  }
}
