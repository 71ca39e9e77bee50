import type { ProcessState, SystemStats } from '#shared/health'
import type { Connection, Halt, MarketSession } from '#shared/market'
import type { EpochMs } from '#shared/units'

/** Everything that health and anomalies are judged by. They look at nothing else. */
export interface HealthContext {
  readonly now: EpochMs
  readonly session: MarketSession
  readonly connection: Connection
  readonly reconnectsLastHour: number
  /** How long no quote came although the market was open and the link up the whole time; 0 otherwise. */
  readonly quotelessMs: number
  readonly barlessMs: number
  /** Quotes (in bursts) and bars that the watch list should have shown in that time; absent while nobody can tell. */
  readonly expectedQuotes: number | undefined
  readonly expectedBars: number | undefined
  /** What the mute watchdog found; absent while the stream speaks. */
  readonly mute: string | undefined
  /** Why the server stopped serving, where trying again cannot help. */
  readonly refused: string | undefined
  readonly halts: readonly { readonly symbol: string; readonly halt: Halt }[]
  /** Exchange stamp to arrival, ms, by a measured clock; absent where that is not known. */
  readonly medianLatencyMs: number | undefined
  /** What main's event-loop delay (99th percentile) has not fallen below for some seconds, ms. */
  readonly loopDelayMs: number
  /** Messages of the last minute that could not be used, and all of that minute. */
  readonly errorsLastMinute: number
  readonly messagesLastMinute: number
  readonly processes: SystemStats['processes']
}

/** Processes beside main, by the name a trader knows. */
export const PROCESS_NAMES: Readonly<Record<keyof SystemStats['processes'], string>> = {
  demoMarket: 'The demo market',
  storage: 'The storage process',
}

/** Each process with its state. */
export function processStates(
  processes: SystemStats['processes'],
): readonly { readonly key: keyof SystemStats['processes']; readonly state: ProcessState }[] {
  const { demoMarket, storage } = processes
  return [
    ...(demoMarket === undefined ? [] : [{ key: 'demoMarket' as const, state: demoMarket }]),
    ...(storage === undefined ? [] : [{ key: 'storage' as const, state: storage }]),
  ]
}
