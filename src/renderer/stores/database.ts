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
  /** Absent until main has reported it. */
  readonly status?: DatabaseStatus
  /** Progress of the current or last copy. */
  readonly copying?: CopyProgress
}

/** State of the database. Written by {@link followDatabase} alone. */
export const useDatabase = create<Database>(() => ({}))

const take = (status: DatabaseStatus) => useDatabase.setState({ status })

/** Follows the state of the database, starting with the current one; returns its stop. */
export function followDatabase(): () => void {
  const { database } = signal()
  const stops = [database.changed(take), database.copying((copying) => useDatabase.setState({ copying }))]
  void ask(database.status()).then((answer) => answer.ok && take(answer.value))
  return () => stops.forEach((stop) => stop())
}

/** Tries a database without switching to it. */
export const testDatabase = (choice: DatabaseChoice): Promise<Result<DatabaseTest, DatabaseAway | Fault>> =>
  ask(signal().database.test(choice))

/** Copies everything stored to another database. */
export function copyDatabase(choice: DatabaseChoice): Promise<Result<CopyResult, DatabaseAway | Fault>> {
  useDatabase.setState({ copying: { bars: 0, totalBars: 0, events: 0 } })
  return ask(signal().database.copyTo(choice))
}

/** Stops a copy, which then answers with what it has copied. */
export const stopCopying = (): void => void ask(signal().database.stopCopying())
