import type { ProcessState } from '#shared/health'
import { err, ok } from '#shared/result'
import type { RpcFault } from '#shared/rpc/channel'
import { createApi, type Carrier } from '#shared/rpc/create-api'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { supervise, type Child, type Fork } from '#process/supervisor'
import {
  storageContract,
  unpackEvent,
  type StorageChildMessage,
  type StorageParentMessage,
  type StorageApi,
  type StorageConfig,
} from '#storage'

/**
 * Node flags to start the process with. A page of bars lives only briefly, but V8 lets garbage grow with the
 * machine's memory: with these flags a load stays under 250 MB instead of 500 (bench/storage-memory.ts), and
 * is no slower.
 */
export const STORAGE_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8', '--max-old-space-size=320']

interface ClientDeps {
  readonly fork: Fork
  readonly config: StorageConfig
  readonly onState: (state: ProcessState) => void
  readonly clock: Clock
  readonly log: Log
}

/** Main's side of the storage process. */
export interface StorageClient {
  /** Calls wait while the process is away, and are sent again when it died before it answered. */
  readonly carrier: Carrier
  /** The contract over the carrier. */
  readonly api: StorageApi
  /** Opens another database, or the same with other keys. Loads already running there continue. */
  readonly configure: (config: StorageConfig) => void
  /** Ends the process; open calls are answered with a fault. */
  readonly stop: () => void
}

interface Pending {
  readonly id: number
  readonly path: string
  readonly input: unknown
  readonly resolve: (result: unknown) => void
  /** How often it was sent. */
  tries: number
  isSent: boolean
}

/** Calls in the process at the same time; further ones wait here, where they cost nothing. */
const IN_FLIGHT = 32
/** How often the process may die of a call before the call is given up. */
const TRIES = 3

/** Keeps the storage process running, and passes calls to it and events back. */
export function runStorage({ fork, config, onState, clock, log }: ClientDeps): StorageClient {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const pending = new Map<number, Pending>()
  let present = config
  let child: Child | undefined
  let isReady = false
  let lastId = 0

  function sendNext(): void {
    if (!isReady || child === undefined) return
    const calls = [...pending.values()]
    let room = IN_FLIGHT - calls.filter(({ isSent }) => isSent).length
    for (const call of calls) {
      if (room <= 0) return
      if (call.isSent) continue
      if (call.tries >= TRIES) {
        settle(
          call.id,
          err<RpcFault>({ kind: 'internal', logId: 'the storage process crashed on this call' }),
        )
        log.error({ path: call.path }, 'The storage process crashed on a call; it is not sent again')
        continue
      }
      call.isSent = true
      call.tries++
      room--
      child.send({
        type: 'call',
        id: call.id,
        path: call.path,
        input: call.input,
      } satisfies StorageParentMessage)
    }
  }

  function settle(id: number, result: unknown): void {
    pending.get(id)?.resolve(result)
    pending.delete(id)
  }

  function begin(started: Child): void {
    child = started
    isReady = false
    for (const call of pending.values()) call.isSent = false
    started.send({ type: 'configure', config: present } satisfies StorageParentMessage)
  }

  const end = supervise({
    name: 'storage',
    fork,
    clock,
    log,
    onState,
    onStart: begin,
    onMessage(raw) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own process, built from the same sources
      const message = raw as StorageChildMessage
      if (message.type === 'answer') settle(message.id, message.result)
      if (message.type === 'event')
        for (const listener of listeners.get(message.path) ?? []) listener(message.payload)
      if (message.type === 'ready') {
        isReady = true
        onState('running')
      }
      sendNext()
    },
  })

  const carrier: Carrier = {
    invoke: (path, input) =>
      new Promise((resolve) => {
        const id = ++lastId
        pending.set(id, { id, path, input, resolve, tries: 0, isSent: false })
        sendNext()
      }),
    listen(path, listener) {
      const heard = listeners.get(path) ?? new Set()
      listeners.set(path, heard.add(listener))
      return () => heard.delete(listener)
    },
  }

  return {
    carrier,
    api: storageApi(carrier),
    stop() {
      end()
      isReady = false
      for (const { id } of pending.values())
        settle(id, err<RpcFault>({ kind: 'internal', logId: 'storage was stopped' }))
    },
    configure(config) {
      present = config
      if (child !== undefined) child.send({ type: 'configure', config } satisfies StorageParentMessage)
    },
  }
}

/** The storage process's contract over a carrier, its events unpacked. */
export function storageApi(carrier: Carrier): StorageApi {
  const wire = createApi(storageContract, carrier)
  return {
    ...wire,
    events: {
      ...wire.events,
      async read(filter) {
        const page = await wire.events.read(filter)
        return page.ok ? ok(page.value.map(unpackEvent)) : page
      },
    },
  }
}
