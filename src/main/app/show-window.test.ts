import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { showOncePainted } from './show-window.ts'

let clock: ManualClock
beforeEach(() => {
  clock = new ManualClock(0)
})

/** A hidden window with the events that Electron would emit. */
function newWindow() {
  const page = new EventEmitter()
  const show = vi.fn<() => void>()
  const isDestroyed = vi.fn(() => false)
  const window = Object.assign(new EventEmitter(), { webContents: page, show, isDestroyed })
  showOncePainted(window as unknown as BrowserWindow, clock) // the parts of a window that it uses
  return { window, page, show, isDestroyed }
}

test('a window is shown when its page is painted, and only once', () => {
  const { window, page, show } = newWindow()
  expect(show).not.toHaveBeenCalled()
  window.emit('ready-to-show')
  expect(show).toHaveBeenCalledTimes(1)
  page.emit('did-stop-loading')
  clock.turnAtOnce(10_000) // the trader may have hidden it meanwhile
  expect(show).toHaveBeenCalledTimes(1)
})

test('a window whose first paint is never reported is shown a second after its page was loaded', () => {
  const { page, show } = newWindow()
  page.emit('did-stop-loading')
  clock.turnAtOnce(999)
  expect(show).not.toHaveBeenCalled()
  clock.turnAtOnce(1)
  expect(show).toHaveBeenCalledTimes(1)
})

test('a window that was closed before its page was painted stays closed', () => {
  const { page, show, isDestroyed } = newWindow()
  page.emit('did-stop-loading')
  isDestroyed.mockReturnValue(true)
  clock.turnAtOnce(1_000)
  expect(show).not.toHaveBeenCalled()
})
