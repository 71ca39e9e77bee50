import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startVirtualDisplay } from '../../../scripts/lib/system.mjs'
import { readXwd, type Picture } from './picture.ts'

/** A display of a test's own: its windows and keyboard, and pictures of it. */
export interface Display {
  /** As in the variable DISPLAY. */
  readonly name: string
  /** The ids of its visible windows that belong to a program. */
  readonly windows: () => readonly string[]
  /** The name and class by which the desktop knows a window's program (X's WM_CLASS). */
  readonly classOf: (window: string) => readonly string[]
  readonly titleOf: (window: string) => string
  /** Presses keys one after the other, such as `ctrl+Return`, in a window. */
  readonly press: (window: string, ...keys: readonly string[]) => void
  readonly picture: () => Picture
  readonly stop: () => void
}

/** Large enough for Signal's window at its initial size. */
const SIZE = '1480x940'

/** Opens a virtual display with nothing on it, no window manager either, that keeps its picture in a folder. */
export async function openTestDisplay(parent: string): Promise<Display> {
  const folder = mkdtempSync(join(parent, 'display-'))
  const { name, stop } = await startVirtualDisplay({ size: SIZE, folder })
  const env = { ...process.env, DISPLAY: name, LC_ALL: 'C.UTF-8' }
  const ask = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return {
    name,
    windows: () => {
      try {
        return ask('xdotool', 'search', '--onlyvisible', '--class', '.').trim().split('\n').filter(Boolean)
      } catch {
        return [] // it fails if it finds none
      }
    },
    classOf: (window) =>
      [...ask('xprop', '-id', window, 'WM_CLASS').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? ''),
    titleOf: (window) => ask('xdotool', 'getwindowname', window).trim(),
    press: (window, ...keys) =>
      void ask(
        'xdotool',
        'windowfocus',
        '--sync',
        window,
        'key',
        '--clearmodifiers',
        '--delay',
        '30',
        ...keys,
      ),
    picture: () => readXwd(readFileSync(join(folder, 'Xvfb_screen0'))),
    stop: () => {
      stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
