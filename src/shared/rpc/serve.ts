import * as z from 'zod'
import { err, type Result } from '../result.ts'
import type { Contract, Emitter, Handlers, RpcFault } from './channel.ts'

/** The answering end of a carrier. */
export interface Server {
  handle(path: string, answer: (input: unknown) => Promise<Result<unknown, unknown>>): void
  emit(path: string, payload: unknown): void
  /** Logs a bug in a handler and returns the id of the log entry. */
  onCrash(path: string, cause: unknown): string
}

/**
 * Answers every call of the contract with its handler. Input is checked by the schema that typed it; a
 * handler that throws is logged, and the caller learns the id of the entry but not the cause.
 */
export function serve<C extends Contract>(contract: C, handlers: Handlers<C>, server: Server): void {
  for (const [area, channels] of Object.entries(contract)) {
    for (const [name, channel] of Object.entries(channels)) {
      if (channel.kind !== 'call') continue
      const path = `${area}.${name}`
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Handlers<C> has a function for every call of C
      const run = (handlers[area] as Record<string, unknown>)[name] as (
        input: unknown,
      ) => Promise<Result<unknown, unknown>>
      server.handle(path, async (raw) => {
        const input = channel.input.safeParse(raw)
        if (!input.success) {
          return err<RpcFault>({ kind: 'invalid-input', detail: z.prettifyError(input.error) })
        }
        try {
          return await run(input.data)
        } catch (cause) {
          return err<RpcFault>({ kind: 'internal', logId: server.onCrash(path, cause) })
        }
      })
    }
  }
}

/** One function for every event of the contract. */
export function createEmitter<C extends Contract>(contract: C, server: Pick<Server, 'emit'>): Emitter<C> {
  const areas = Object.entries(contract).map(([area, channels]) => [
    area,
    Object.fromEntries(
      Object.entries(channels)
        .filter(([, channel]) => channel.kind === 'event')
        .map(([name]) => [name, (payload: unknown) => server.emit(`${area}.${name}`, payload)]),
    ),
  ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made key by key from the contract
  return Object.fromEntries(areas) as Emitter<C>
}
