import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { inheritedEnvironment, signalCommand } from './signal-app.ts'

/** A Signal that Playwright does not drive, for what Playwright cannot handle: its window may crash. */
export interface BareApp {
  /**
   * Kills the window's process; resolves when another has replaced it. (A debugger that attaches to the dying
   * page keeps the next one from loading, and Chromium's own crash command is repeated in it.)
   */
  readonly crashWindow: () => Promise<void>
  /** The value of an expression in the window; undefined while there is no window. */
  readonly inWindow: (expression: string) => Promise<unknown>
  /** Tells all its processes to end together, as at a system shutdown; resolves when all have ended. */
  readonly shutDown: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts the real app; resolves when its window can be reached over Chromium's debugging protocol. */
export async function startBareApp(env: Record<string, string>): Promise<BareApp> {
  const [program, ...args] = signalCommand()
  const child = spawn(program, ['--remote-debugging-port=0', ...args], {
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const browser = await debuggingAddress(createInterface(child.stderr))
  const { port } = new URL(browser)
  child.stderr.resume()
  const ended = once(child, 'close') // when the last of its processes has let go of stderr
  return {
    inWindow: (expression) => evaluate(port, expression),
    async crashWindow() {
      const killed = await windowProcesses(browser)
      for (const id of killed) process.kill(id, 'SIGKILL')
      let alive = killed
      while (alive.some((id) => killed.includes(id))) alive = await windowProcesses(browser)
    },
    async shutDown() {
      for (const id of await windowProcesses(browser)) process.kill(id)
      child.kill()
      await ended
    },
    async close() {
      child.kill()
      await ended
    },
  }
}

/** The value of an expression in the window of an app with that debugging port; undefined without a window. */
export async function evaluate(port: string, expression: string): Promise<unknown> {
  const answer = await tellWindow(port, 'Runtime.evaluate', { expression, returnByValue: true })
  return answer.result?.result?.value
}

async function debuggingAddress(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('Signal ended before it could be spoken to')
}

/** The processes of its windows; soon after the last one has ended there is another. */
async function windowProcesses(browser: string): Promise<readonly number[]> {
  const { result } = await tell(browser, 'SystemInfo.getProcessInfo', {})
  const found = (result?.processInfo ?? []).filter(({ type }) => type === 'renderer').map(({ id }) => id)
  return found.length > 0 ? found : windowProcesses(browser)
}

interface Target {
  readonly type: string
  readonly webSocketDebuggerUrl: string
}

interface Answer {
  readonly result?: {
    readonly result?: { readonly value?: unknown }
    readonly processInfo?: readonly { readonly type: string; readonly id: number }[]
  }
}

async function tellWindow(port: string, method: string, params: object): Promise<Answer> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as readonly Target[]
  const page = targets.find(({ type }) => type === 'page')
  return page === undefined ? {} : tell(page.webSocketDebuggerUrl, method, params)
}

/** How long to wait for an answer: a page that crashed after it was found never gives one. */
const ANSWERS_WITHIN_MS = 2_000

/** Sends one command and returns its answer; none if the page does not respond. */
async function tell(address: string, method: string, params: object): Promise<Answer> {
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
  const socket = new WebSocket(address).on('error', () => undefined) // if abandoned before it is open
  try {
    await once(socket, 'open', { signal })
    socket.send(JSON.stringify({ id: 1, method, params }))
    const [data] = (await once(socket, 'message', { signal })) as [Buffer]
    return JSON.parse(data.toString()) as Answer
  } catch (cause) {
    if (signal.aborted) return {}
    throw cause
  } finally {
    socket.terminate()
  }
}
