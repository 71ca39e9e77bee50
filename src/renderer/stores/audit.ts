import type * as z from 'zod'
import { create } from 'zustand'
import type { DatabaseAway } from '#shared/database'
import { concerns, type AuditEvent, type auditFilter, type LogVerdict } from '#shared/trading/audit'
import type { EpochMs } from '#shared/units'
import { showScreen } from '../app/navigation.ts'
import type { Fault } from '../ui/faults.ts'
import { now } from './clock.ts'
import { useDatabase } from './database.ts'
import { shownMode } from './settings.ts'
import { ask, signal } from './signal.ts'

/** Why a call about the event log failed. */
export type AuditFault = DatabaseAway | Fault

/** Which events: those that match every given field. */
export type AuditFilter = Readonly<Omit<z.output<typeof auditFilter>, 'stream'>>

/** Progress of a verification of the log. */
export type LogVerification =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ready'; readonly verdict: LogVerdict; readonly at: EpochMs }
  | { readonly kind: 'failed'; readonly fault: AuditFault }

/** The timeline of one order; its events, oldest first, are absent until main has answered. */
export interface Timeline {
  readonly orderId: string
  readonly events?: readonly AuditEvent[]
  readonly fault?: AuditFault
}

interface Audit {
  readonly filter: AuditFilter
  /** Newest first; absent until main has answered. */
  readonly events?: readonly AuditEvent[]
  /** Arrived while the trader was scrolled down, newest first: shown on request. */
  readonly waiting: readonly AuditEvent[]
  /** The trader is scrolled down, so nothing may move. */
  readonly isHeld: boolean
  /** The oldest matching event is loaded. */
  readonly isComplete: boolean
  readonly isLoading: boolean
  readonly fault?: AuditFault | undefined
  /** The event types that occur. */
  readonly types: readonly string[]
  /** Events in the whole log; absent while it cannot be read. */
  readonly total?: number | undefined
  readonly timeline?: Timeline | undefined
  readonly verification: LogVerification
}

/** Events per page. */
const PAGE = 200

/** The part of the event log read so far. Written only in this file. */
export const useAudit = create<Audit>(() => ({
  filter: {},
  waiting: [],
  isHeld: false,
  isComplete: false,
  isLoading: false,
  types: [],
  verification: { kind: 'idle' },
}))

/** Whether an event matches a filter. */
export const fits = (event: AuditEvent, { streamPrefix, symbol, types, from, until }: AuditFilter): boolean =>
  (streamPrefix === undefined || event.stream.startsWith(streamPrefix)) &&
  (symbol === undefined || concerns(event, symbol)) &&
  (types === undefined || types.includes(event.type)) &&
  (from === undefined || event.at >= from) &&
  (until === undefined || event.at < until)

/** Both lists as one, newest first, without duplicates. */
export function merged(newer: readonly AuditEvent[], older: readonly AuditEvent[]): readonly AuditEvent[] {
  const byId = new Map([...older, ...newer].map((event) => [event.id, event]))
  return [...byId.values()].sort((one, other) => other.id - one.id)
}

/** Reads the newest matching events and the list of types. */
async function loadEvents(): Promise<void> {
  const { filter } = useAudit.getState()
  useAudit.setState({ isLoading: true, isComplete: false, waiting: [] })
  const answer = await ask(signal().audit.events({ ...filter, limit: PAGE }))
  if (useAudit.getState().filter !== filter) return
  if (!answer.ok) return useAudit.setState({ isLoading: false, fault: answer.error, total: undefined })
  useAudit.setState({
    isLoading: false,
    fault: undefined,
    events: answer.value,
    isComplete: answer.value.length < PAGE,
  })
  const facets = await ask(signal().audit.facets())
  if (facets.ok) useAudit.setState({ types: facets.value.types, total: facets.value.events })
}

/** Reads the next page below the oldest loaded event. */
export async function loadOlder(): Promise<void> {
  const { filter, events = [], isLoading, isComplete } = useAudit.getState()
  const last = events.at(-1)
  if (isLoading || isComplete || !last) return
  useAudit.setState({ isLoading: true })
  const answer = await ask(signal().audit.events({ ...filter, beforeId: last.id, limit: PAGE }))
  if (useAudit.getState().filter !== filter) return
  useAudit.setState((audit) =>
    answer.ok
      ? {
          isLoading: false,
          events: merged(audit.events ?? [], answer.value),
          isComplete: answer.value.length < PAGE,
        }
      : { isLoading: false, fault: answer.error },
  )
}

/** Sets the filter and reloads. */
export function setFilter(filter: AuditFilter): void {
  useAudit.setState({ filter, isHeld: false })
  void loadEvents()
}

/** Sets whether the trader is scrolled down; waiting events are shown once that ends. */
export function hold(isHeld: boolean): void {
  if (useAudit.getState().isHeld === isHeld) return
  useAudit.setState({ isHeld })
  if (!isHeld) showWaiting()
}

/** Puts the waiting events on top. */
export const showWaiting = (): void =>
  useAudit.setState(({ waiting, events = [] }) => ({ events: merged(waiting, events), waiting: [] }))

function take(appended: readonly AuditEvent[]): void {
  useAudit.setState((audit) => {
    const fresh = appended.filter((event) => fits(event, audit.filter))
    const facts = {
      ...(audit.total !== undefined && { total: audit.total + appended.length }),
      types: [...new Set([...audit.types, ...appended.map(({ type }) => type)])].sort(),
      ...(audit.timeline && { timeline: continued(audit.timeline, appended) }),
    }
    return audit.isHeld
      ? { ...facts, waiting: merged(fresh, audit.waiting) }
      : { ...facts, events: merged(fresh, audit.events ?? []) }
  })
}

function continued(timeline: Timeline, appended: readonly AuditEvent[]): Timeline {
  const own = appended.filter(({ stream }) => orderOf(stream) === timeline.orderId)
  return own.length === 0 || !timeline.events
    ? timeline
    : { ...timeline, events: inOrder([...timeline.events, ...own]) }
}

/**
 * Keeps the log current while it is shown, and reloads it after each change of database. Returns its stop.
 */
export function followAudit(): () => void {
  const stopEvents = signal().audit.appended(take)
  const stopDatabase = useDatabase.subscribe(({ status }, { status: before }) => {
    if (before !== undefined && status?.address !== before.address) {
      useAudit.setState({ events: [], timeline: undefined, verification: { kind: 'idle' } })
    }
    if (status?.state === 'open' && (before?.state !== 'open' || before.address !== status.address)) {
      void loadEvents()
    }
  })
  useAudit.setState({ isHeld: false })
  void loadEvents()
  return () => {
    stopEvents()
    stopDatabase()
  }
}

/** Shows an order's timeline on the audit screen. */
export function openTimeline(orderId: string): void {
  useAudit.setState({ timeline: { orderId } })
  showScreen('audit')
  void loadTimeline(orderId)
}

export const closeTimeline = (): void => useAudit.setState({ timeline: undefined })

/** The name of an order's stream; with the beginning of an id, that of the names of all such orders. */
export const streamOf = (orderId: string): string => `${shownMode()}${ORDER_MARK}${orderId}`

/** Separates the prefix of an order's stream name from the order id at its end. */
const ORDER_MARK = ':order:'

/** The order id in a stream's name; undefined for other streams. */
export function orderOf(stream: string): string | undefined {
  const at = stream.indexOf(ORDER_MARK)
  if (at >= 0) return stream.slice(at + ORDER_MARK.length)
  return stream.startsWith('order:') ? stream.slice('order:'.length) : undefined
}

/** Maximum events in a timeline. */
const MOST_OF_TIMELINE = 1_000

const inOrder = (events: readonly AuditEvent[]): readonly AuditEvent[] => [...merged(events, [])].reverse()

/** Reads all events of an order, unless another timeline is requested meanwhile. */
async function loadTimeline(orderId: string): Promise<void> {
  const stream = streamOf(orderId)
  const answer = await ask(signal().audit.events({ stream, limit: MOST_OF_TIMELINE }))
  if (useAudit.getState().timeline?.orderId !== orderId) return
  useAudit.setState({
    timeline: answer.ok ? { orderId, events: inOrder(answer.value) } : { orderId, fault: answer.error },
  })
}

/** Checks the whole log by its hashes, and by what was recorded of it outside the database. */
export async function verifyLog(): Promise<void> {
  if (useAudit.getState().verification.kind === 'running') return
  useAudit.setState({ verification: { kind: 'running' } })
  const answer = await ask(signal().audit.verify())
  useAudit.setState({
    verification: answer.ok
      ? { kind: 'ready', verdict: answer.value, at: now() }
      : { kind: 'failed', fault: answer.error },
  })
}
