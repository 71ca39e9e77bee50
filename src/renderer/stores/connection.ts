import { create } from 'zustand'
import type { Connection } from '#shared/market'
import { ask, signal } from './signal.ts'
import type { Fault } from '../ui/faults.ts'

/** The market-data connection; absent until main has reported it. */
export const useConnection = create<{ readonly connection?: Connection }>(() => ({}))

/** Follows the state of the connection; returns its stop. */
export const followConnection = (): (() => void) =>
  signal().market.connection((connection) => useConnection.setState({ connection }))

/** Disconnects and reconnects immediately. Answers the fault, or undefined on success. */
export async function reconnect(): Promise<Fault | undefined> {
  const answer = await ask(signal().market.reconnect())
  return answer.ok ? undefined : answer.error
}
