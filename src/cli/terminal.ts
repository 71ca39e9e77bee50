import { systemClock } from '#process/clock'
import type { Terminal } from './load-command.ts'
import { EXIT } from './usage-error.ts'

/** How often the progress line is redrawn at most, ms. */
const DRAW_EVERY_MS = 100

/** The terminal, or whatever stdout is: lines everywhere, and a moving progress line on a screen. */
export function systemTerminal(): Terminal {
  const { stdout } = process
  let drawn = false
  let drawnAt = 0
  const wipe = () => {
    if (drawn) stdout.write('\r\u001B[K')
    drawn = false
  }
  return {
    say(line) {
      wipe()
      stdout.write(`${line}\n`)
    },
    draw(line) {
      if (!stdout.isTTY) return
      const now = systemClock.now()
      if (line !== '' && now - drawnAt < DRAW_EVERY_MS) return
      wipe()
      drawnAt = now
      drawn = line !== ''
      stdout.write(line.slice(0, stdout.columns - 1))
    },
    onInterrupt(stop) {
      let asked = false
      const interrupt = () => {
        if (asked) process.exit(EXIT.failed)
        asked = true
        console.error('\nStopping at the next checkpoint; press Ctrl+C again to quit immediately.')
        stop()
      }
      process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
      return () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    },
  }
}
