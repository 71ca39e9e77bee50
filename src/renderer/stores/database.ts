import { create } from 'zustand'
import type {
  CopyProgress,
  CopyResult,
  DatabaseAway,
  DatabaseChoice,
  DatabaseStatus,
  DatabaseTest,
} from '#shared/database'
import type { Result } from '#shared/result'
import type { Fault } from '../ui/faults.ts'
import { ask, signal } from './signal.ts'

interface Database {
  /** Absent until main has told. */
  readonly status?: DatabaseStatus
  /** How far the copy is that runs, or the last one was. */
  readonly copying?: CopyProgress
}

/** How it stands with the database. Written by {@link followDatabase} alone. */
export const useDatabase = create<Database>(() => ({}))

const take = (status: DatabaseStatus) => useDatabase.setState({ status })

/** Listens to the state of the database, and asks for it as it is; returns its stop. */
export function followDatabase(): () => void {
  const { database } = signal()
  const stops = [database.changed(take), database.copying((copying) => useDatabase.setState({ copying }))]
  void ask(database.status()).then((answer) => answer.ok && take(answer.value))
  return () => stops.forEach((stop) => stop())
}

/** Tries a database without keeping bars there. */
export const testDatabase = (choice: DatabaseChoice): Promise<Result<DatabaseTest, DatabaseAway | Fault>> =>
  ask(signal().database.test(choice))

/** Copies what is there to another database. */
export function copyDatabase(choice: DatabaseChoice): Promise<Result<CopyResult, DatabaseAway | Fault>> {
  useDatabase.setState({ copying: { bars: 0, totalBars: 0, events: 0 } })
  return ask(signal().database.copyTo(choice))
}

/** Ends a copy; it answers with what it has. */
export const stopCopying = (): void => void ask(signal().database.stopCopying())
