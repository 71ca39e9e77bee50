import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'
import { vi } from 'vitest'
import { insideRoot } from '../../../scripts/lib/debian-root.mjs'
import { commandOfEntry, DATA_FOLDER, type Debian, type User } from './debian.ts'
import { openTestDisplay } from './display.ts'
import { shareChanged, shareColored, toPng, type Picture, type Region } from './picture.ts'
import { holdNamespace, namespaceOf, processesIn } from './processes.ts'

/** A Signal that was started inside a Debian folder, seen from outside as its trader and the system see it. */
export interface InstalledApp {
  /** Of its main process. */
  readonly pid: number
  /** Its data folder, seen from outside. */
  readonly dataDir: string
  /** What it wrote to its stderr. */
  readonly stderr: () => string
  /** Its process, for what is connected to it. */
  readonly child: ChildProcess
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** All processes that it consists of. */
  readonly processes: () => readonly number[]
  /** The lines of its log that have this message. */
  readonly logged: (message: string) => readonly Readonly<Record<string, unknown>>[]
  /** The events of the demo market's account, in order. */
  readonly events: () => readonly StoredEvent[]
  /** The id of its window, when it has one. */
  readonly window: () => Promise<string>
  readonly press: (...keys: readonly string[]) => Promise<void>
  /** Presses keys and waits until they have changed a good part of the window. */
  readonly pressAndSee: (...keys: readonly string[]) => Promise<void>
  /** Waits until the grid shows prices, and other ones a moment later. */
  readonly gridMoves: () => Promise<void>
  /** Keeps a picture of the display in test-results/installed. */
  readonly photograph: (name: string) => void
  /** The display on which it opened its window. */
  readonly display: Awaited<ReturnType<typeof openTestDisplay>>
  /** Ends all of it immediately. */
  readonly kill: () => Promise<void>
}

export interface StoredEvent {
  readonly stream: string
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

export interface StartOptions {
  readonly user?: User
  /** As seen inside; the user's own by default. */
  readonly home?: string
  /** The command line; the desktop entry's by default. */
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Connects the descriptors 3 and 4, as a debugger through a pipe does. */
  readonly pipes?: boolean
}

const PICTURES = fileURLToPath(new URL('../../../test-results/installed', import.meta.url))

/** Prices and changes, colored by their direction, while the window has its initial size; without clock and statistics. */
const GRID: Region = { x: 280, y: 480, width: 500, height: 360 }
/** All of the window but the frame of the display. */
const WINDOW: Region = { x: 30, y: 70, width: 1400, height: 800 }

/** What a desktop's session gives every program. */
const SESSION = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' }

const PATIENCE = { timeout: 60_000, interval: 50 }

/** Starts Signal as the desktop does, for an ordinary user without a system bus, a session bus or a keyring. */
export async function startInstalled(
  debian: Debian,
  { user = 'ann', home = `/home/${user}`, command, args = [], env = {}, pipes = false }: StartOptions = {},
): Promise<InstalledApp> {
  const display = await openTestDisplay(dirname(debian.folder))
  const [program, entry] = insideRoot(debian.folder, user, [...(command ?? commandOfEntry(debian)), ...args])
  const pipe = pipes ? (['pipe', 'pipe'] as const) : []
  const child = spawn(program, entry, {
    env: { ...SESSION, HOME: home, USER: user, DISPLAY: display.name, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...pipe],
  })
  let stderr = ''
  child.stderr?.on('data', (text) => (stderr += String(text)))
  child.stdout?.on('data', (text) => (stderr += String(text)))
  for (const each of child.stdio.slice(3)) each?.on('error', () => undefined) // it is cut off when the app is killed
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const pid = child.pid ?? 0
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const own = namespaceOf('self')
  const namespace = await vi.waitUntil(
    () => [namespaceOf(pid)].find((found) => found !== own) ?? (hasEnded() && 'none any more'),
    PATIENCE,
  )
  const release = holdNamespace(pid)
  const processes = () => processesIn(namespace)
  let isKilled = false
  const dataDir = join(debian.folder, home, DATA_FOLDER)
  const window = () =>
    vi.waitUntil(() => {
      if (hasEnded()) throw new Error(`Signal ended with ${child.exitCode ?? child.signalCode}: ${stderr}`)
      return display.windows()[0]
    }, PATIENCE)
  const changes = async (before: Picture, region: Region, share: number, what: string) => {
    await vi.waitFor(() => {
      if (shareChanged(before, display.picture(), region) <= share) throw new Error(`${what} does not change`)
    }, PATIENCE)
  }
  const press = async (...keys: readonly string[]) => display.press(await window(), ...keys)
  return {
    pid,
    dataDir,
    stderr: () => stderr,
    child,
    ended,
    processes,
    display,
    window,
    press,
    logged: (message) => linesOf(join(dataDir, 'logs', 'signal.log')).filter(({ msg }) => msg === message),
    events: () => eventsIn(join(dataDir, 'signal.demo.sqlite')),
    pressAndSee: async (...keys) => {
      const before = display.picture()
      await press(...keys)
      await changes(before, WINDOW, 0.05, `The window after ${keys.join(' ')}`)
    },
    gridMoves: async () => {
      await window()
      await vi.waitFor(() => {
        if (shareColored(display.picture(), GRID) < 0.005) throw new Error('The grid shows no prices')
      }, PATIENCE)
      for (const _again of [1, 2]) await changes(display.picture(), GRID, 0, 'The grid')
    },
    photograph: (name) => {
      mkdirSync(PICTURES, { recursive: true })
      writeFileSync(join(PICTURES, `${name}.png`), toPng(display.picture()))
    },
    kill: async () => {
      if (isKilled) return
      isKilled = true
      while (processes().length > 0 || !hasEnded()) {
        for (const each of processes()) end(each)
        await new Promise((resolve) => setImmediate(resolve))
      }
      release()
      display.stop()
    },
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended meanwhile
  }
}

/** The lines of a log; none if there is none yet. */
function linesOf(file: string): readonly Readonly<Record<string, unknown>>[] {
  return readOrNothing(file)
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line): Record<string, unknown> => JSON.parse(line))
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The events of a database; none if there is none yet. */
function eventsIn(file: string): readonly StoredEvent[] {
  let database
  try {
    database = new BetterSqlite3(file, { readonly: true, fileMustExist: true })
    return database
      .prepare<[], { stream_id: string; event_type: string; payload: string }>(
        'select stream_id, event_type, payload from events order by id',
      )
      .all()
      .map(({ stream_id, event_type, payload }) => ({
        stream: stream_id,
        type: event_type,
        payload: JSON.parse(payload),
      }))
  } catch {
    return []
  } finally {
    database?.close()
  }
}
