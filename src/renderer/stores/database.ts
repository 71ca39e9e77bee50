import { create } from 'zustand'
import type { DatabaseStatus } from '#shared/database'
import { ask, signal } from './signal.ts'

/** How it stands with the database; absent until main has told. Written by {@link followDatabase} alone. */
export const useDatabase = create<{ readonly status?: DatabaseStatus }>(() => ({}))

const take = (status: DatabaseStatus) => useDatabase.setState({ status })

/** Listens to the state of the database, and asks for it as it is; returns its stop. */
export function followDatabase(): () => void {
  const stop = signal().database.changed(take)
  void ask(signal().database.status()).then((answer) => answer.ok && take(answer.value))
  return stop
}
