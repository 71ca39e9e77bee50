import { create } from 'zustand'
import type { BarFeed, LoadRequest } from '#shared/history'
import type { StockSymbol } from '#shared/units'
import { useClock } from '../stores/clock.ts'
import { isActive, startLoad, useLoads, type HistoryFault } from '../stores/loads.ts'
import { useSettings } from '../stores/settings.ts'
import { newYorkDay } from '../ui/times.ts'
import { rangeOf, rangeProblem, type DayRange, type Preset } from './dates.ts'

/** Where in the wizard the trader is. */
export type WizardStep = 'choose' | 'coverage' | 'load' | 'report'

interface Wizard {
  readonly step: WizardStep
  /** Absent while the watch list is taken as it is. */
  readonly symbols?: readonly StockSymbol[] | undefined
  readonly preset: Preset | 'custom'
  /** What stands in the date fields while the days are the trader's own. */
  readonly custom: DayRange
  /** The load that is looked at; absent for the newest. */
  readonly loadId?: string | undefined
  readonly starting: boolean
  /** Why the last load did not begin. */
  readonly startFault?: HistoryFault | undefined
}

/** What the trader has chosen on the way to a load. It outlives a visit to another screen. */
export const useWizard = create<Wizard>(() => ({
  step: 'choose',
  preset: 'five-years',
  custom: { startDate: '', endDate: '' },
  starting: false,
}))

export const goTo = (step: WizardStep): void => useWizard.setState({ step, startFault: undefined })

/** Most symbols in one load. */
export const MOST_SYMBOLS = 500

const NO_SYMBOLS: readonly StockSymbol[] = []

/** The symbols that are chosen: the watch list until the trader changes it here. */
export function useChosenSymbols(): readonly StockSymbol[] {
  const watched = useSettings(({ view }) => view?.settings.symbols) ?? NO_SYMBOLS
  return useWizard(({ symbols }) => symbols) ?? watched
}

/** The days that are chosen, and today, in New York. */
export function useChosenDays(): { readonly range: DayRange; readonly today: string } {
  const today = useClock(({ now }) => newYorkDay(now))
  const preset = useWizard((wizard) => wizard.preset)
  const custom = useWizard((wizard) => wizard.custom)
  return { range: preset === 'custom' ? custom : rangeOf(preset, today), today }
}

/** The feed whose bars are loaded: the demo market's own, or the one in Settings. */
export const useChosenFeed = (): BarFeed =>
  useSettings(({ view }) => (view && view.settings.mode !== 'demo' ? view.settings.feed : 'demo'))

/** What would be loaded, or why nothing can be. */
export type Choice =
  | { readonly kind: 'ready'; readonly request: LoadRequest }
  | { readonly kind: 'wrong'; readonly text: string }

/** What the trader has chosen, as it stands. */
export function useChoice(): Choice {
  const symbols = useChosenSymbols()
  const { range, today } = useChosenDays()
  const feed = useChosenFeed()
  if (symbols.length === 0) return { kind: 'wrong', text: 'Choose at least one symbol.' }
  if (symbols.length > MOST_SYMBOLS) {
    return { kind: 'wrong', text: `At most ${MOST_SYMBOLS} symbols fit in one load.` }
  }
  const problem = rangeProblem(range, today)
  if (problem) return { kind: 'wrong', text: problem.text }
  return { kind: 'ready', request: { symbols: [...symbols], ...range, feed } }
}

/** Begins a load, or one that fills gaps, and shows it. */
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

/** A load that is on its way is found again: the screen opens on it, unless the trader was elsewhere in the wizard. */
export function findRunningLoad(): void {
  const running = useLoads.getState().loads?.find(isActive)
  const { step, loadId } = useWizard.getState()
  if (running && step === 'choose' && loadId === undefined) useWizard.setState({ step: 'load' })
}
