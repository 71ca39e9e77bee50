import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'
import { showScreen } from '../app/navigation.ts'
import { now } from './clock.ts'
import { closeTimeline, setFilter, streamOf, type AuditFilter } from './audit.ts'
import { useSettings } from './settings.ts'
import { tell } from './toasts.ts'
import type { RowAction } from '../ui/data-table.tsx'
import { rangeOf, type TimeChoice } from './audit-range.ts'

/** Types of events, under the name of their group or of the only one. */
export interface EventKinds {
  readonly name: string
  /** At least one. */
  readonly types: readonly string[]
}

/** What the trader chose to see of the log. */
export interface AuditChoice {
  readonly symbol?: StockSymbol | undefined
  /** An order's id, or its beginning. */
  readonly orderId?: string | undefined
  /** One type of event, or a group of them; absent for all. */
  readonly kind?: EventKinds | undefined
  readonly time: TimeChoice
}

const ALL: AuditChoice = { time: { kind: 'any', first: '', last: '' } }

/** The current choice. Written only in this file. */
export const useChoice = create<AuditChoice>(() => ALL)

/** Whether everything is shown. */
export const isAll = ({ symbol, orderId, kind, time }: AuditChoice): boolean =>
  symbol === undefined && orderId === undefined && kind === undefined && time.kind === 'any'

/** Narrows or widens what is shown. */
export function choose(change: Partial<AuditChoice>): void {
  useChoice.setState(change)
  setFilter(filterOf(useChoice.getState()))
}

/** Shows everything again. */
export function chooseAll(): void {
  useChoice.setState(ALL, true)
  setFilter({})
}

/** Shows all that the log has of one symbol, or of one order. */
export function showInAudit(about: { readonly symbol: StockSymbol } | { readonly orderId: string }): void {
  useChoice.setState({ ...ALL, ...about }, true)
  setFilter(filterOf(useChoice.getState()))
  showScreen('audit')
}

/**
 * Takes away what belongs to the account of another mode once that mode is shown no longer: the filter by one of its
 * orders, which is told, and the timeline of one. Returns its stop.
 */
export const followAccountOfChoice = (): (() => void) =>
  useSettings.subscribe(({ view }, { view: before }) => {
    if (!view || !before || view.settings.mode === before.settings.mode) return
    closeTimeline()
    const { orderId } = useChoice.getState()
    if (orderId === undefined) return
    choose({ orderId: undefined })
    const where = `the ${view.settings.mode} ${view.settings.mode === 'demo' ? 'market' : 'account'}`
    tell({ tone: 'warning', text: `Filter removed: order ${orderId} isn’t in ${where}.` })
  })

/** Entries of a row's context menu that lead to its order's and its symbol's events. */
export const auditActions = (row: {
  readonly symbol: StockSymbol
  readonly orderId?: string
}): readonly RowAction[] => {
  const { symbol, orderId } = row
  return [
    ...(orderId === undefined ? [] : [{ label: 'Show order in Audit', run: () => showInAudit({ orderId }) }]),
    { label: `Show ${symbol} in Audit`, run: () => showInAudit({ symbol }) },
  ]
}

/** The filter for a choice, as of now. */
export const filterOf = ({ symbol, orderId, kind, time }: AuditChoice): AuditFilter => ({
  ...(symbol !== undefined && { symbol }),
  ...(orderId !== undefined && { streamPrefix: streamOf(orderId) }),
  ...(kind && { types: kind.types }),
  ...rangeOf(time, now()),
})
