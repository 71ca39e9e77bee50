import { join } from 'node:path'
import * as z from 'zod'
import { knownLog, type KnownLog } from '#shared/trading/audit'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { messageOf, putAside, readJsonFile, writeJsonFile } from './json-file.ts'

/** Logs to remember; the one that was noted longest ago is forgotten first. */
const MOST_LOGS = 50

const anchorFile = z.object({ format: z.literal(1), logs: z.array(knownLog).max(MOST_LOGS) })

/** What is known of event logs outside their databases. */
export interface AnchorStore {
  /** For the trader, if the file could not be read at the start. */
  readonly problem?: string
  known(): readonly KnownLog[]
  /** Replaces what is known of this log; it is on disk once this returns. */
  note(log: KnownLog): void
}

/** The file in a data folder. It is as safe as that folder: whoever may write both can forge both. */
const fileIn = (dataDir: string): string => join(dataDir, 'event-anchors.json')

/** What the file says; nothing if there is none, and the reason if it cannot be read. */
export function readAnchors(dataDir: string): readonly KnownLog[] | { readonly reason: string } {
  const stored = readJsonFile(fileIn(dataDir))
  if (stored.kind === 'absent') return []
  if (stored.kind === 'unreadable') return { reason: stored.reason }
  const parsed = anchorFile.safeParse(stored.value)
  return parsed.success ? parsed.data.logs : { reason: z.prettifyError(parsed.error) }
}

interface AnchorStoreDeps {
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
}

/** Opens the anchors of a data folder. An unreadable file is backed up, and every log is then checked as a whole. */
export function openAnchorStore({ dataDir, clock, log }: AnchorStoreDeps): AnchorStore {
  const file = fileIn(dataDir)
  const read = readAnchors(dataDir)
  let logs = 'reason' in read ? [] : read
  let problem: string | undefined
  if ('reason' in read) {
    const aside = putAside(file, new Date(clock.now()))
    log.error({ reason: read.reason, aside }, 'What was noted of the event logs cannot be read')
    const backup = aside === undefined ? '' : ` It was backed up as ${aside}.`
    problem = `What Signal had noted of the event log could not be read (${read.reason}).${backup} A log that was rebuilt before this start is not noticed.`
  }
  return {
    ...(problem !== undefined && { problem }),
    known: () => logs,
    note(noted) {
      const others = logs.filter((one) => one.log !== noted.log)
      logs = [noted, ...others].slice(0, MOST_LOGS)
      try {
        writeJsonFile(file, { format: 1, logs })
      } catch (cause) {
        log.error({ reason: messageOf(cause) }, 'The end of the event log cannot be noted in the data folder')
      }
    },
  }
}
