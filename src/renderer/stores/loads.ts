import { create } from 'zustand'
import type { DatabaseAway } from '#shared/database'
import type { LoadProgress, LoadRequest } from '#shared/history'
import type { Result } from '#shared/result'
import type { Fault } from '../ui/faults.ts'
import { useDatabase } from './database.ts'
import { ask, signal } from './signal.ts'

/** Why a call about history failed. */
export type HistoryFault = DatabaseAway | Fault

interface Loads {
  /** Newest first; absent until main has reported them. */
  readonly loads?: readonly LoadProgress[]
  /** Why they are unknown. */
  readonly fault?: HistoryFault | undefined
}

/** The running loads of bars and the last ones that ended. Written by {@link followLoads} alone. */
export const useLoads = create<Loads>(() => ({}))

/** Whether a load is unfinished: running, or waiting to be resumed. */
export const isActive = ({ state }: LoadProgress): boolean => state === 'running' || state === 'paused'

/** The loads that write into the current database; none while it is unavailable. */
export function useRunningLoads(): readonly LoadProgress[] {
  const loads = useLoads((known) => known.loads)
  const isOpen = useDatabase(({ status }) => status?.state === 'open')
  return isOpen ? (loads ?? []).filter(({ state }) => state === 'running') : []
}

const newestFirst = (loads: readonly LoadProgress[]) =>
  [...loads].sort((one, other) => other.createdAt - one.createdAt)

/** The loads with one of them updated. */
const withLoad = (loads: readonly LoadProgress[], fresh: LoadProgress): readonly LoadProgress[] =>
  loads.some(({ id }) => id === fresh.id)
    ? loads.map((load) => (load.id === fresh.id ? fresh : load))
    : newestFirst([fresh, ...loads])

/** Asks main for the loads. */
export async function refreshLoads(): Promise<void> {
  const answer = await ask(signal().history.loads())
  if (answer.ok) useLoads.setState({ loads: answer.value, fault: undefined })
  else useLoads.setState({ fault: answer.error })
}

/** Starts a load, or one that fills gaps and is recorded in the event log; answers its id. */
export async function startLoad(
  request: LoadRequest,
  purpose: 'start' | 'fill' = 'start',
): Promise<Result<string, HistoryFault>> {
  const answer = await ask(signal().history[purpose](request))
  if (answer.ok) await refreshLoads()
  return answer
}

/** What can be done with an unfinished load. */
export type LoadCommand = 'pause' | 'resume' | 'cancel'

/** Controls a load. Answers the fault, or undefined on success. */
export async function steerLoad(command: LoadCommand, id: string): Promise<HistoryFault | undefined> {
  const answer = await ask(signal().history[command](id))
  return answer.ok ? undefined : answer.error
}

/**
 * Follows loads, and asks for them again whenever a database opens, since another one has other loads.
 * `onDone` receives each load that completes while this window watches. Returns its stop.
 */
export function followLoads(onDone: (load: LoadProgress) => void): () => void {
  const stopProgress = signal().history.progress((fresh) => {
    const loads = useLoads.getState().loads ?? []
    const before = loads.find(({ id }) => id === fresh.id)
    useLoads.setState({ loads: withLoad(loads, fresh) })
    if (before?.state === 'running' && fresh.state === 'done') onDone(fresh)
  })
  const stopDatabase = useDatabase.subscribe(({ status }, { status: before }) => {
    if (status?.state !== 'open') return
    if (before?.state !== 'open' || before.address !== status.address) void refreshLoads()
  })
  return () => {
    stopProgress()
    stopDatabase()
  }
}
