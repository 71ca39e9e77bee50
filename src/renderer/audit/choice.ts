import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'
import { showScreen } from '../app/navigation.ts'
import { now } from '../stores/clock.ts'
import { setFilter, streamOf, useAudit, type AuditFilter } from '../stores/audit.ts'
import { groupOf, GROUPS, typesIn, type EventGroup } from './describe-event.ts'
import { rangeOf, type TimeChoice } from './time-range.ts'

/** What the trader chose to see of the log. */
export interface AuditChoice {
  readonly symbol?: StockSymbol | undefined
  /** An order's id, or its beginning. */
  readonly orderId?: string | undefined
  /** A group of event types or one type; absent for all. */
  readonly kind?: string | undefined
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
  setFilter(filterOf(useChoice.getState(), useAudit.getState().types))
}

/** Shows everything again. */
export function chooseAll(): void {
  useChoice.setState(ALL, true)
  setFilter({})
}

/** Shows all that the log has of one symbol, or of one order. */
export function showInAudit(about: { readonly symbol: StockSymbol } | { readonly orderId: string }): void {
  useChoice.setState({ ...ALL, ...about }, true)
  setFilter(filterOf(useChoice.getState(), []))
  showScreen('audit')
}

const isGroup = (kind: string): kind is EventGroup => GROUPS.some((group) => group === kind)

/** The filter for a choice; `occurring`: the types in the log, of which a group may have some that are not known here. */
export function filterOf(
  { symbol, orderId, kind, time }: AuditChoice,
  occurring: readonly string[],
): AuditFilter {
  const types =
    kind === undefined
      ? undefined
      : isGroup(kind)
        ? [...new Set([...typesIn(kind), ...occurring.filter((type) => groupOf(type) === kind)])]
        : [kind]
  return {
    ...(symbol !== undefined && { symbol }),
    ...(orderId !== undefined && { streamPrefix: streamOf(orderId) }),
    ...(types !== undefined && { types }),
    ...rangeOf(time, now()),
  }
}
