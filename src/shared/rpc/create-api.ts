import type { Api, Contract } from './channel.ts'

/** Carries calls and events to the other side: Electron's IPC, or a port between processes. */
export interface Carrier {
  invoke(path: string, input: unknown): Promise<unknown>
  /** Returns its stop. */
  listen(path: string, listener: (payload: unknown) => void): () => void
}

/** The caller's side of a contract, made key by key from its declaration. */
export function createApi<C extends Contract>(contract: C, carrier: Carrier): Api<C> {
  const areas = Object.entries(contract).map(([area, channels]) => [
    area,
    Object.fromEntries(
      Object.entries(channels).map(([name, channel]) => {
        const path = `${area}.${name}`
        return [
          name,
          channel.kind === 'call'
            ? (input?: unknown) => carrier.invoke(path, input)
            : (listener: (payload: unknown) => void) => carrier.listen(path, listener),
        ]
      }),
    ),
  ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made key by key from the contract
  return Object.fromEntries(areas) as Api<C>
}
