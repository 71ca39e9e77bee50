import type { SignalApi } from '#shared/ipc/contract'
import { err, type Result } from '#shared/result'
import type { RpcFault } from '#shared/rpc/channel'
import type { Fault } from '../ui/faults.ts'

declare global {
  interface Window {
    /** The contract, provided by the preload. */
    readonly signal?: SignalApi
  }
}

/** The connection to main. Without it this page runs outside Signal and cannot do anything. */
export function signal(): SignalApi {
  if (!window.signal) throw new Error('This page works inside Signal only: start the app with "npm start".')
  return window.signal
}

/** Answer of a call; a main process that does not answer is one more fault. */
export async function ask<T, E>(call: Promise<Result<T, E | RpcFault>>): Promise<Result<T, E | Fault>> {
  try {
    return await call
  } catch {
    return err<Fault>({ kind: 'no-answer' })
  }
}
