import { create } from 'zustand'
import type { DatabaseAway } from '#shared/database'
import type { LoadProgress, LoadRequest } from '#shared/history'
import type { Result } from '#shared/result'
import type { Fault } from '../ui/faults.ts'
import { useDatabase } from './database.ts'
import { ask, signal } from './signal.ts'

/** What a call about history comes to nothing for. */
export type HistoryFault = DatabaseAway | Fault

interface Loads {
  /** Newest first; absent until main has told. */
  readonly loads?: readonly LoadProgress[]
  /** Why they are not known. */
  readonly fault?: HistoryFault | undefined
}

/** The loads of bars, running ones and the last that ended. Written by {@link followLoads} alone. */
export const useLoads = create<Loads>(() => ({}))

/** A load that still wants something: it is running, or waits to be resumed. */
export const isActive = ({ state }: LoadProgress): boolean => state === 'running' || state === 'paused'

/** The loads that write into the database in use; none while it is away, when nothing does. */
export function useRunningLoads(): readonly LoadProgress[] {
  const loads = useLoads((known) => known.loads)
  const isOpen = useDatabase(({ status }) => status?.state === 'open')
  return isOpen ? (loads ?? []).filter(({ state }) => state === 'running') : []
}

const newestFirst = (loads: readonly LoadProgress[]) =>
  [...loads].sort((one, other) => other.createdAt - one.createdAt)

/** The loads with one of them further on. */
export const withLoad = (loads: readonly LoadProgress[], fresh: LoadProgress): readonly LoadProgress[] =>
  loads.some(({ id }) => id === fresh.id)
    ? loads.map((load) => (load.id === fresh.id ? fresh : load))
    : newestFirst([fresh, ...loads])

/** Asks which loads there are. */
export async function refreshLoads(): Promise<void> {
  const answer = await ask(signal().history.loads())
  if (answer.ok) useLoads.setState({ loads: answer.value, fault: undefined })
  else useLoads.setState({ fault: answer.error })
}

/** Begins a load, or one that fills gaps, of which Signal keeps a record; answers its id. */
export async function startLoad(
  request: LoadRequest,
  purpose: 'start' | 'fill' = 'start',
): Promise<Result<string, HistoryFault>> {
  const answer = await ask(signal().history[purpose](request))
  if (answer.ok) await refreshLoads()
  return answer
}

/** What can be done with a load that is on its way. */
export type LoadCommand = 'pause' | 'resume' | 'cancel'

/** Steers a load. Answers the fault, or nothing when it went well. */
export async function steerLoad(command: LoadCommand, id: string): Promise<HistoryFault | undefined> {
  const answer = await ask(signal().history[command](id))
  return answer.ok ? undefined : answer.error
}

/**
 * Listens to loads, and asks for them whenever a database has come up: another one holds other loads. `onDone` hears
 * of each load that came to its end while this window watched. Returns its stop.
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
