import { appendFileSync, existsSync, readFileSync, renameSync } from 'node:fs'
import * as z from 'zod'
import { replaceFile } from '#process/private-files'
import type { EpochMs } from '#shared/units'
import {
  SimAccountState,
  change,
  snapshot,
  type OrderUpdate,
  type SimAccountSnapshot,
} from './account-state.ts'

/**
 * A line of the account file: the whole account, or the changes that happened next, which apply together or
 * not at all.
 */
const line = z.union([z.object({ snapshot }), z.object({ changes: z.array(change) })])

/** Closed orders and fills kept when the account file is rewritten. */
const KEPT = 5000
/** The account file is rewritten when it has grown by this many characters since the last time. */
const GROWTH = 4_000_000

/** The file that records the account as things happen. */
export interface AccountFile {
  /** Returns once the changes are written: a process that is killed afterwards finds them again. */
  readonly append: (changes: readonly OrderUpdate[]) => void
}

/** For an account that ends with its process. */
export const noAccountFile: AccountFile = { append: () => {} }

/** The account recorded in an account file. Throws if any line but an incomplete last one is invalid. */
export function readAccountFile(text: string): SimAccountState | undefined {
  const lines = text.split('\n')
  const torn = lines.pop()
  const [first, ...rest] = lines.map((each) => line.parse(JSON.parse(each)))
  if (first === undefined) {
    if (torn === undefined || torn === '') return undefined
    throw new Error('the account file has no complete line')
  }
  if (!('snapshot' in first)) throw new Error('the account file does not begin with the account')
  const accountState = new SimAccountState(first.snapshot)
  for (const each of rest) {
    if ('snapshot' in each) throw new Error('the account file holds the account twice')
    for (const happened of each.changes) accountState.apply(happened)
  }
  return accountState
}

function read(path: string, openedAt: EpochMs, log: (line: string) => void): SimAccountState | undefined {
  if (!existsSync(path)) return undefined
  try {
    return readAccountFile(readFileSync(path, 'utf8'))
  } catch (cause) {
    const aside = `${path}.corrupt-${new Date(openedAt).toISOString().replaceAll(':', '')}`
    renameSync(path, aside)
    const reason = cause instanceof z.ZodError ? 'a line is invalid' : String(cause)
    log(`the demo account's file couldn't be read (${reason}); backed up as ${aside}, starting a new account`)
    return undefined
  }
}

/** The account in that file, or a new one, and the account file to continue it with. */
export function openAccountFile(
  path: string,
  beginning: SimAccountSnapshot,
  openedAt: EpochMs,
  log: (line: string) => void,
): { readonly accountState: SimAccountState; readonly accountFile: AccountFile } {
  const accountState = read(path, openedAt, log) ?? new SimAccountState(beginning)
  let grown = 0

  function rewrite(): void {
    replaceFile(path, `${JSON.stringify({ snapshot: accountState.snapshot(KEPT) })}\n`)
    grown = 0
  }

  rewrite()
  return {
    accountState,
    accountFile: {
      append(changes) {
        // Rewriting comes before the changes reach the account state, so that the saved account plus the
        // changes after it is complete.
        if (grown > GROWTH) rewrite()
        const text = `${JSON.stringify({ changes })}\n`
        appendFileSync(path, text)
        grown += text.length
      },
    },
  }
}
