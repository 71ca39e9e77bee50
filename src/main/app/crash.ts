import { randomUUID } from 'node:crypto'
import { app, Notification } from 'electron'
import * as z from 'zod'
import { MINUTE_MS } from '#shared/time'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { readJsonFile, writeJsonFile } from '../settings/index.ts'
import { stopServing } from './serve-windows.ts'

/** A crash this soon after the last one ends Signal: what crashes again and again must not trade. */
const LOOP_MS = 5 * MINUTE_MS

/** The last crash, as it is kept for the next start. `at`: epoch ms. */
const crash = z.object({ at: z.number(), logId: z.string(), isTold: z.boolean() })

const lastCrash = (file: string) => {
  const stored = readJsonFile(file)
  return stored.kind === 'json' ? crash.safeParse(stored.value).data : undefined
}

interface CrashDeps {
  /** Keeps the last crash. */
  readonly file: string
  readonly clock: Clock
  readonly log: Log
}

/**
 * Ends main after an uncaught exception, because what it would do next is unknown: windows' calls are refused
 * immediately, everything is closed as on quitting, and Signal starts again, unless it has just done so.
 */
export function restartOnCrash({ file, clock, log }: CrashDeps): void {
  let isEnding = false
  const end = (err: unknown) => {
    const logId = randomUUID().slice(0, 8)
    log.error({ err, logId }, 'Uncaught exception')
    if (isEnding) return
    isEnding = true
    stopServing()
    const at = clock.now()
    const isLoop = at - (lastCrash(file)?.at ?? -LOOP_MS) < LOOP_MS
    if (keep(file, { at, logId, isTold: false }, log) && !isLoop) app.relaunch()
    else {
      log.error({ logId }, 'Not started again: it crashed a moment ago, or the crash could not be kept')
      const body = `Internal error, log ref ${logId}. Check your orders and positions, then start it again.`
      if (Notification.isSupported()) new Notification({ title: 'Signal stopped', body }).show()
    }
    app.quit()
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}

/** What to tell the trader at the start after a crash, once; nothing otherwise. */
export function crashNotices(file: string, log: Log): readonly string[] {
  const last = lastCrash(file)
  if (last === undefined || last.isTold) return []
  keep(file, { ...last, isTold: true }, log)
  return [
    `Signal was restarted after an internal error (log ref ${last.logId}). Check your orders and positions.`,
  ]
}

function keep(file: string, value: z.output<typeof crash>, log: Log): boolean {
  try {
    writeJsonFile(file, value)
    return true
  } catch (cause) {
    log.error({ err: cause }, 'The crash could not be kept')
    return false
  }
}
