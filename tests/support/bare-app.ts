import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { inheritedEnvironment, signalCommand } from './signal-app.ts'

/** A Signal that Playwright does not drive, for what Playwright gives up on: its window may crash. */
export interface BareApp {
  /** Makes the process of the window crash. */
  readonly crashWindow: () => Promise<void>
  /** The value of an expression in the window; nothing while there is no window to ask. */
  readonly inWindow: (expression: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** Starts the real app; resolves when its window can be spoken to over Chromium's debugging protocol. */
export async function startBareApp(env: Record<string, string>): Promise<BareApp> {
  const [program, ...args] = signalCommand()
  const child = spawn(program, ['--remote-debugging-port=0', ...args], {
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const port = await debuggingPort(createInterface(child.stderr))
  child.stderr.resume()
  return {
    async crashWindow() {
      await tellWindow(port, 'Page.crash', {})
    },
    async inWindow(expression) {
      const answer = await tellWindow(port, 'Runtime.evaluate', { expression, returnByValue: true })
      return answer.result?.result?.value
    },
    async close() {
      if (child.exitCode !== null) return
      const exit = once(child, 'exit')
      child.kill()
      await exit
    },
  }
}

async function debuggingPort(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port !== undefined) return port
  }
  throw new Error('Signal ended before it could be spoken to')
}

interface Target {
  readonly type: string
  readonly webSocketDebuggerUrl: string
}

interface Answer {
  readonly result?: { readonly result?: { readonly value?: unknown } }
}

/** A page that crashed after it was found answers never. */
const ANSWERS_WITHIN_MS = 2_000

/** One command to the window's page, and what it says first: a page that crashes says that. */
async function tellWindow(port: string, method: string, params: object): Promise<Answer> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as readonly Target[]
  const page = targets.find(({ type }) => type === 'page')
  if (page === undefined) return {}
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
  const socket = new WebSocket(page.webSocketDebuggerUrl)
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
