/**
 * The storage process: owns the database and all heavy work. Forked by main, with Electron's utilityProcess
 * or Node's child_process. It uses the messages of messages.ts and ends with its parent.
 */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { Result } from '#shared/result'
import { createEmitter, serve } from '#shared/rpc/serve'
import { systemClock } from '#process/clock'
import { createLog, type Log } from '#process/log'
import { closeInherited } from '#process/inherited'
import { keepFilesPrivate } from '#process/private-files'
import { storageContract } from './contract.ts'
import { storageHandlers } from './handlers.ts'
import {
  parentMessage,
  type StorageChildMessage,
  type StorageParentMessage,
  type StorageConfig,
} from './messages.ts'
import { StorageService } from './service.ts'

closeInherited()
keepFilesPrivate()

/** The parent's end of an Electron utility process. Source: Electron API, process.parentPort. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only Electron sets it; @types/node does not know it
const parentPort = (process as { parentPort?: ParentPort }).parentPort

function tell(message: StorageChildMessage): void {
  if (parentPort !== undefined) parentPort.postMessage(message)
  // A parent that can no longer be reached has ended, and the storage process ends with it.
  else process.send?.(message, undefined, undefined, (failure) => failure && process.exit(0))
}

const emit = (path: string, payload: unknown) => tell({ type: 'event', path, payload })

let log: Log = pino({ level: 'error' }, pino.destination({ fd: 2, sync: true }))
let service: StorageService | undefined
let configured = Promise.resolve()
const answers = new Map<string, (input: unknown) => Promise<Result<unknown, unknown>>>()

async function configure(config: StorageConfig): Promise<void> {
  await service?.close()
  log = config.logFile === undefined ? log : createLog(config.logFile, config.logLevel)
  const emitter = createEmitter(storageContract, { emit })
  service = new StorageService(config, emitter, systemClock, log)
  serve(storageContract, storageHandlers(service, emitter, log), {
    handle: (path, answer) => void answers.set(path, answer),
    emit,
    onCrash(path, err) {
      const logId = randomUUID()
      log.error({ err, path, logId }, 'A storage call crashed')
      return logId
    },
  })
  tell({ type: 'ready' })
  await service.start()
}

async function answer({ id, path, input }: Extract<StorageParentMessage, { type: 'call' }>): Promise<void> {
  const run = answers.get(path)
  if (run === undefined) throw new Error(`there is no call ${path}`)
  tell({ type: 'answer', id, result: await run(input) })
}

function fail(err: unknown): void {
  log.error({ err }, 'The storage process ends by a fault')
  process.exit(1)
}

function receive(raw: unknown): void {
  const message = parentMessage.parse(raw)
  // One after the other: the previous database is closed before the next one is opened.
  if (message.type === 'configure') configured = configured.then(() => configure(message.config)).catch(fail)
  else answer(message).catch(fail)
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
if (parentPort !== undefined) parentPort.on('message', ({ data }) => receive(data))
else {
  process.on('message', receive)
  process.on('disconnect', () => process.exit(0))
}
