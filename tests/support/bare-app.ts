import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { Inbox } from './inbox.ts'
import { inheritedEnvironment, signalCommand } from './signal-app.ts'

/** A Signal that Playwright does not drive, for what Playwright gives up on: its window may crash. */
export interface BareApp {
  /** Makes the process of the window crash; resolves when the window has another. */
  readonly crashWindow: () => Promise<void>
  /** The value of an expression in the window. */
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
  const { ask, heard, end } = await talkToWindow(port)
  return {
    async crashWindow() {
      const from = heard.items.length
      void ask('Page.crash', {}) // never answered
      await heard.until(({ method }) => method === 'Inspector.targetReloadedAfterCrash', from)
    },
    async inWindow(expression) {
      const answer = await ask('Runtime.evaluate', { expression, returnByValue: true })
      return answer.result?.result?.value
    },
    async close() {
      end()
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

/** An answer has an id, an event a method. */
interface Message {
  readonly id?: number
  readonly method?: string
  readonly result?: { readonly result?: { readonly value?: unknown } }
}

/** One conversation with the window's page, which outlasts the page's process. */
async function talkToWindow(port: string): Promise<{
  readonly ask: (method: string, params: object) => Promise<Message>
  readonly heard: Inbox<Message>
  readonly end: () => void
}> {
  const socket = new WebSocket((await windowTarget(port)).webSocketDebuggerUrl)
  const heard = new Inbox<Message>()
  let asked = 0
  socket.on('message', (data: Buffer) => heard.add(JSON.parse(data.toString()) as Message))
  await once(socket, 'open')
  return {
    heard,
    ask(method, params) {
      const id = ++asked
      socket.send(JSON.stringify({ id, method, params }))
      return heard.until((message) => message.id === id)
    },
    end: () => socket.terminate(),
  }
}

/** The window comes a moment after the port. */
async function windowTarget(port: string): Promise<Target> {
  for (;;) {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as readonly Target[]
    const page = targets.find(({ type }) => type === 'page')
    if (page !== undefined) return page
  }
}
