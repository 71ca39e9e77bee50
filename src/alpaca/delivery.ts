import { machineClock } from './clock.ts'
import { OncePerMinute, silentLog, type AlpacaLog } from './log.ts'
import type { MalformedKind } from './wire.ts'

/** What both streams' handlers have in common. */
export interface StreamHandlers<Message> {
  onMessage(message: Message, receivedAt: number): void
  onMalformed?(kind: MalformedKind): void
  readonly log?: AlpacaLog
}

/** Passes messages to handlers that may fail, and counts what could not be passed on. */
export class Delivery<Message> {
  readonly log: AlpacaLog
  readonly #handlers: StreamHandlers<Message>
  readonly #clock: () => number
  readonly #mayTell = new OncePerMinute()
  readonly #malformed = new Map<MalformedKind, number>()

  constructor(handlers: StreamHandlers<Message>, clock = machineClock) {
    this.#handlers = handlers
    this.#clock = clock
    this.log = handlers.log ?? silentLog
  }

  /** What was skipped since the start, by kind. */
  get malformed(): ReadonlyMap<MalformedKind, number> {
    return new Map(this.#malformed)
  }

  /** Passes a message on; an exception in the handler is logged, and the stream continues. */
  deliver(message: Message, receivedAt: number): void {
    try {
      this.#handlers.onMessage(message, receivedAt)
    } catch (cause) {
      this.#handlerFailed(cause)
    }
  }

  /** Counts a malformed message, logs it once per kind and minute, and notifies the handler. */
  skip(kind: MalformedKind): void {
    this.#malformed.set(kind, (this.#malformed.get(kind) ?? 0) + 1)
    const heldBack = this.#mayTell.mayTell(kind, this.#clock())
    if (heldBack !== undefined) this.log.warn({ kind, heldBack }, `Skipped a malformed message: ${kind}`)
    this.guard(() => this.#handlers.onMalformed?.(kind))
  }

  /** Runs another handler under the same protection. */
  guard(run: () => void): void {
    try {
      run()
    } catch (cause) {
      this.#handlerFailed(cause)
    }
  }

  #handlerFailed(cause: unknown): void {
    const heldBack = this.#mayTell.mayTell('handler', this.#clock())
    if (heldBack !== undefined) this.log.error({ err: cause, heldBack }, 'A handler of the stream failed')
  }
}

/** The parsed text, or undefined if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
