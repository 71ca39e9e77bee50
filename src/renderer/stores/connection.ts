import { create } from 'zustand'
import type { Connection } from '#shared/market'
import { ask, signal } from './signal.ts'
import type { Fault } from '../ui/faults.ts'

/** The link to the market-data stream; absent until main has told. */
export const useConnection = create<{ readonly connection?: Connection }>(() => ({}))

/** Listens to the state of the link; returns its stop. */
export const followConnection = (): (() => void) =>
  signal().market.connection((connection) => useConnection.setState({ connection }))

/** Hangs up and dials again at once. Answers the fault, or nothing when it went well. */
export async function reconnect(): Promise<Fault | undefined> {
  const answer = await ask(signal().market.reconnect())
  return answer.ok ? undefined : answer.error
}
