import { create } from 'zustand'
import type { DatabaseAway } from '#shared/database'
import type { AuditEvent, AuditVerdict } from '#shared/trading/audit'
import type { EpochMs } from '#shared/units'
import { showScreen } from '../app/navigation.ts'
import type { Fault } from '../ui/faults.ts'
import { useDatabase } from './database.ts'
import { ask, signal } from './signal.ts'

/** What a call about the event log comes to nothing for. */
export type AuditFault = DatabaseAway | Fault

/** Which events: those that fit everything that is given. */
export interface AuditFilter {
  /** All streams whose names begin so. */
  readonly streamPrefix?: string
  readonly type?: string
  /** from <= at < until. */
  readonly from?: EpochMs
  readonly until?: EpochMs
}

/** How far a verification of the log is. */
export type LogVerification =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ready'; readonly verdict: AuditVerdict; readonly at: EpochMs }
  | { readonly kind: 'failed'; readonly fault: AuditFault }

/** The life of one order; its events, oldest first, are absent until main has answered. */
export interface Timeline {
  readonly orderId: string
  readonly events?: readonly AuditEvent[]
  readonly fault?: AuditFault
}

interface Audit {
  readonly filter: AuditFilter
  /** Newest first; absent until main has answered. */
  readonly events?: readonly AuditEvent[]
  /** Came while the trader read further down, newest first: shown when asked for. */
  readonly waiting: readonly AuditEvent[]
  /** The trader reads further down, so nothing may move. */
  readonly isHeld: boolean
  /** The oldest event that fits is among them. */
  readonly isComplete: boolean
  readonly isLoading: boolean
  readonly fault?: AuditFault | undefined
  /** Types that there are. */
  readonly types: readonly string[]
  readonly total: number
  readonly timeline?: Timeline | undefined
  readonly verification: LogVerification
}

/** Events of one answer. */
const PAGE = 200

/** The event log as far as it was read. Written here alone. */
export const useAudit = create<Audit>(() => ({
  filter: {},
  waiting: [],
  isHeld: false,
  isComplete: false,
  isLoading: false,
  types: [],
  total: 0,
  verification: { kind: 'idle' },
}))

/** An event is one of those that are asked for. */
export const fits = (event: AuditEvent, { streamPrefix, type, from, until }: AuditFilter): boolean =>
  (streamPrefix === undefined || event.stream.startsWith(streamPrefix)) &&
  (type === undefined || event.type === type) &&
  (from === undefined || event.at >= from) &&
  (until === undefined || event.at < until)

/** Both lists as one, newest first, no event twice. */
export function merged(newer: readonly AuditEvent[], older: readonly AuditEvent[]): readonly AuditEvent[] {
  const byId = new Map([...older, ...newer].map((event) => [event.id, event]))
  return [...byId.values()].sort((one, other) => other.id - one.id)
}

/** Reads the newest events that fit, and which types there are. */
export async function loadEvents(): Promise<void> {
  const { filter } = useAudit.getState()
  useAudit.setState({ isLoading: true, isComplete: false, waiting: [] })
  const answer = await ask(signal().audit.events({ ...filter, limit: PAGE }))
  if (useAudit.getState().filter !== filter) return
  if (!answer.ok) return useAudit.setState({ isLoading: false, fault: answer.error })
  useAudit.setState({
    isLoading: false,
    fault: undefined,
    events: answer.value,
    isComplete: answer.value.length < PAGE,
  })
  const facets = await ask(signal().audit.facets())
  if (facets.ok) useAudit.setState({ types: facets.value.types, total: facets.value.events })
}

/** Reads on below the oldest event that is there. */
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

/** Narrows the log. */
export function setFilter(filter: AuditFilter): void {
  useAudit.setState({ filter, isHeld: false })
  void loadEvents()
}

/** Says whether the trader reads further down; what came meanwhile is shown as soon as not. */
export function hold(isHeld: boolean): void {
  if (useAudit.getState().isHeld === isHeld) return
  useAudit.setState({ isHeld })
  if (!isHeld) showWaiting()
}

/** Puts the events that came meanwhile on top. */
export const showWaiting = (): void =>
  useAudit.setState(({ waiting, events = [] }) => ({ events: merged(waiting, events), waiting: [] }))

function take(appended: readonly AuditEvent[]): void {
  useAudit.setState((audit) => {
    const fresh = appended.filter((event) => fits(event, audit.filter))
    const facts = {
      total: audit.total + appended.length,
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

/** Keeps the log on what is appended while it is shown, and reads it anew with each database. Returns its stop. */
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

/** Shows the story of an order on the audit screen. */
export function openTimeline(orderId: string): void {
  useAudit.setState({ timeline: { orderId } })
  showScreen('audit')
  void loadTimeline(orderId)
}

export const closeTimeline = (): void => useAudit.setState({ timeline: undefined })

/** Streams of orders end with this and the order's id. */
const ORDER_MARK = ':order:'

/** The id of the order that a stream is about; nothing for other streams. */
export function orderOf(stream: string): string | undefined {
  const at = stream.indexOf(ORDER_MARK)
  if (at >= 0) return stream.slice(at + ORDER_MARK.length)
  return stream.startsWith('order:') ? stream.slice('order:'.length) : undefined
}

/** Events of one story at most. */
const MOST_OF_STORY = 1_000

const inOrder = (events: readonly AuditEvent[]): readonly AuditEvent[] => [...merged(events, [])].reverse()

/** Reads all events of an order, unless another story is asked for meanwhile. */
async function loadTimeline(orderId: string): Promise<void> {
  const known = (useAudit.getState().events ?? []).find(({ stream }) => orderOf(stream) === orderId)
  const stream = known?.stream ?? (await streamNamed(orderId))
  const answer = await ask(signal().audit.events({ stream, limit: MOST_OF_STORY }))
  if (useAudit.getState().timeline?.orderId !== orderId) return
  useAudit.setState({
    timeline: answer.ok ? { orderId, events: inOrder(answer.value) } : { orderId, fault: answer.error },
  })
}

/** Its stream is named like that of the order that was written about last. */
async function streamNamed(orderId: string): Promise<string> {
  const answer = await ask(signal().audit.events({ type: 'OrderRequested', limit: 1 }))
  const like = answer.ok ? answer.value[0]?.stream : undefined
  const own = like === undefined ? undefined : orderOf(like)
  return like !== undefined && own !== undefined
    ? `${like.slice(0, like.length - own.length)}${orderId}`
    : `order:${orderId}`
}

/** Proves by the hashes that the log is as it was written. */
export async function verifyLog(): Promise<void> {
  if (useAudit.getState().verification.kind === 'running') return
  useAudit.setState({ verification: { kind: 'running' } })
  const answer = await ask(signal().audit.verify())
  useAudit.setState({
    verification: answer.ok
      ? { kind: 'ready', verdict: answer.value, at: Date.now() }
      : { kind: 'failed', fault: answer.error },
  })
}
