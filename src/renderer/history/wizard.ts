import { create } from 'zustand'
import { exchangeDayOf } from '#shared/calendar/new-york'
import type { BarFeed, LoadRequest } from '#shared/history'
import type { StockSymbol } from '#shared/units'
import { useClock } from '../stores/clock.ts'
import { isActive, startLoad, useLoads, type HistoryFault } from '../stores/loads.ts'
import { useSettings } from '../stores/settings.ts'
import { rangeOf, rangeProblem, type DayRange, type Preset } from './dates.ts'

/** The current step of the wizard. */
export type WizardStep = 'choose' | 'coverage' | 'load' | 'report'

interface Wizard {
  readonly step: WizardStep
  /** Absent while the watchlist is used unchanged. */
  readonly symbols?: readonly StockSymbol[] | undefined
  readonly preset: Preset | 'custom'
  /** Contents of the date fields for a custom range. */
  readonly custom: DayRange
  /** The selected load; absent for the newest. */
  readonly loadId?: string | undefined
  readonly starting: boolean
  /** Why the last load did not start. */
  readonly startFault?: HistoryFault | undefined
}

/** What the trader has chosen for a load. It survives a visit to another screen. */
export const useWizard = create<Wizard>(() => ({
  step: 'choose',
  preset: 'five-years',
  custom: { startDate: '', endDate: '' },
  starting: false,
}))

export const goTo = (step: WizardStep): void => useWizard.setState({ step, startFault: undefined })

/** Maximum number of symbols in one load. */
export const MOST_SYMBOLS = 500

const NO_SYMBOLS: readonly StockSymbol[] = []

/** The chosen symbols: the watchlist until the trader changes it here. */
export function useChosenSymbols(): readonly StockSymbol[] {
  const watched = useSettings(({ view }) => view?.settings.symbols) ?? NO_SYMBOLS
  return useWizard(({ symbols }) => symbols) ?? watched
}

/** The chosen trading days, and today's. */
export function useChosenDays(): { readonly range: DayRange; readonly today: string } {
  const today = useClock(({ now }) => exchangeDayOf(now))
  const preset = useWizard((wizard) => wizard.preset)
  const custom = useWizard((wizard) => wizard.custom)
  return { range: preset === 'custom' ? custom : rangeOf(preset, today), today }
}

/** The feed whose bars are loaded: the demo market's own, that of a host that isn't Alpaca's, or the one in Settings. */
export const useChosenFeed = (): BarFeed =>
  useSettings(({ view }) => {
    if (!view || view.settings.mode === 'demo') return 'demo'
    const status = view.credentials.find(({ account }) => account === view.settings.mode)
    return status?.hosts ? 'foreign' : view.settings.feed
  })

/** What would be loaded, or why nothing can be. */
export type Choice =
  | { readonly kind: 'ready'; readonly request: LoadRequest }
  | { readonly kind: 'wrong'; readonly text: string }

/** The trader's current choice. */
export function useChoice(): Choice {
  const symbols = useChosenSymbols()
  const { range, today } = useChosenDays()
  const feed = useChosenFeed()
  if (symbols.length === 0) return { kind: 'wrong', text: 'Select at least one symbol.' }
  if (symbols.length > MOST_SYMBOLS) {
    return { kind: 'wrong', text: `Limit ${MOST_SYMBOLS} symbols per download.` }
  }
  const problem = rangeProblem(range, today)
  if (problem) return { kind: 'wrong', text: problem.text }
  return { kind: 'ready', request: { symbols: [...symbols], ...range, feed } }
}

/** Starts a load, or one that fills gaps, and shows it. */
export async function begin(request: LoadRequest, purpose: 'start' | 'fill' = 'start'): Promise<void> {
  if (useWizard.getState().starting) return
  useWizard.setState({ starting: true, startFault: undefined })
  const answer = await startLoad(request, purpose)
  useWizard.setState(
    answer.ok
      ? { starting: false, loadId: answer.value, step: 'load' }
      : { starting: false, startFault: answer.error },
  )
}

/** Opens the wizard on an unfinished load, unless the trader has gone to another step. */
export function findRunningLoad(): void {
  const running = useLoads.getState().loads?.find(isActive)
  const { step, loadId } = useWizard.getState()
  if (running && step === 'choose' && loadId === undefined) useWizard.setState({ step: 'load' })
}
