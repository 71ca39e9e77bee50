import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { Books, change, snapshot, type Change, type Snapshot } from './books.ts'

/** A line of the journal: all of the account, or what happened next, which holds together or not at all. */
const line = z.union([z.object({ snapshot }), z.object({ changes: z.array(change) })])

/** Closed orders and fills that outlive a rewriting of the journal. */
const KEPT = 5000
/** The journal is rewritten when it has grown by this much since the last time, in characters. */
const GROWTH = 4_000_000

/** Where the account is written down as things happen. */
export interface Journal {
  /** Returns when it is written: a process that is killed afterwards finds it again. */
  readonly append: (changes: readonly Change[]) => void
}

/** For an account that ends with its process. */
export const noJournal: Journal = { append: () => {} }

/** The account that a journal tells of. Throws where any line but a torn last one makes no sense. */
export function readJournal(text: string): Books | undefined {
  const lines = text.split('\n')
  const torn = lines.pop()
  const [first, ...rest] = lines.map((each) => line.parse(JSON.parse(each)))
  if (first === undefined) {
    if (torn === undefined || torn === '') return undefined
    throw new Error('the journal has no whole line')
  }
  if (!('snapshot' in first)) throw new Error('the journal does not begin with the account')
  const books = new Books(first.snapshot)
  for (const each of rest) {
    if ('snapshot' in each) throw new Error('the journal holds the account twice')
    for (const happened of each.changes) books.apply(happened)
  }
  return books
}

function read(path: string, log: (line: string) => void): Books | undefined {
  if (!existsSync(path)) return undefined
  try {
    return readJournal(readFileSync(path, 'utf8'))
  } catch (cause) {
    const aside = `${path}.corrupt-${new Date().toISOString().replaceAll(':', '')}`
    renameSync(path, aside)
    const reason = cause instanceof z.ZodError ? 'a line is not what it should be' : String(cause)
    log(
      `the demo account's journal could not be read (${reason}); it is kept as ${aside}, a new account begins`,
    )
    return undefined
  }
}

/** The account in that file, or a new one, and the journal that goes on from it. */
export function openJournal(
  path: string,
  beginning: Snapshot,
  log: (line: string) => void,
): { readonly books: Books; readonly journal: Journal } {
  const books = read(path, log) ?? new Books(beginning)
  let grown = 0

  function rewrite(): void {
    const fresh = `${path}.new`
    writeFileSync(fresh, `${JSON.stringify({ snapshot: books.snapshot(KEPT) })}\n`)
    renameSync(fresh, path)
    grown = 0
  }

  rewrite()
  return {
    books,
    journal: {
      append(changes) {
        // Before the changes are in the books, so that the account as written and the changes after it make the whole.
        if (grown > GROWTH) rewrite()
        const text = `${JSON.stringify({ changes })}\n`
        appendFileSync(path, text)
        grown += text.length
      },
    },
  }
}
