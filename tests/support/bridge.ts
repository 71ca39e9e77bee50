import { createApi } from '../../src/shared/rpc/create-api.ts'
import type { Api, Contract, Emitter, Handlers } from '../../src/shared/rpc/channel.ts'
import { createEmitter, serve } from '../../src/shared/rpc/serve.ts'

/**
 * Connects both sides of a contract in one process, through the structured clone that a real carrier makes.
 */
export function bridge<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
): { api: Api<C>; emit: Emitter<C>; crashes: unknown[] } {
  const answers = new Map<string, (input: unknown) => Promise<unknown>>()
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const crashes: unknown[] = []
  const emit = (path: string, payload: unknown) => {
    for (const listener of listeners.get(path) ?? []) listener(structuredClone(payload))
  }
  serve(contract, handlers, {
    handle: (path, answer) => void answers.set(path, answer),
    emit,
    onCrash: (_path, cause) => `crash-${crashes.push(cause)}`,
  })
  const api = createApi(contract, {
    invoke: async (path, input) => structuredClone(await answers.get(path)?.(structuredClone(input))),
    listen(path, listener) {
      const heard = listeners.get(path) ?? new Set()
      listeners.set(path, heard.add(listener))
      return () => heard.delete(listener)
    },
  })
  return { api, emit: createEmitter(contract, { emit }), crashes }
}
