import { create } from 'zustand'
import { listNamed, MOST_WATCHLISTS, type Watchlist } from '#shared/watchlists'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { addList, deleteList, freeName, renameList } from '../stores/watchlist-edits.ts'
import { editWatchlists, shownIn, tellIfRefused, watchlistsNow } from '../stores/watchlists.ts'
import { describeFault } from '../ui/faults.ts'

/** Dialogs about watchlists. */
export type WatchlistDialog = 'new' | 'rename' | 'import'

/** The open dialog about watchlists, if any. */
export const useWatchlistDialog = create<{ readonly open?: WatchlistDialog | undefined }>(() => ({}))

export const openWatchlistDialog = (open: WatchlistDialog): void => useWatchlistDialog.setState({ open })
export const closeWatchlistDialog = (): void => useWatchlistDialog.setState({ open: undefined })

/** Adds a list after the others and shows it. Answers why it was refused, in words, or undefined. */
export const createList = (list: Watchlist, done: string): Promise<string | undefined> =>
  editWatchlists(({ watchlists, watchlist }) => {
    if (watchlists.length === MOST_WATCHLISTS) return `Limit ${MOST_WATCHLISTS} watchlists.`
    if (listNamed(watchlists, list.name)) return describeTaken(list.name)
    return { edit: addList(list, watchlists.length, watchlist), done }
  })

/** Gives the shown list another name. Answers why it was refused, in words, or undefined. */
export const renameShown = (name: string): Promise<string | undefined> =>
  editWatchlists((now) => {
    const shown = shownIn(now)
    if (shown === undefined || shown.name === name) return undefined
    const taken = listNamed(now.watchlists, name)
    if (taken !== undefined && taken !== shown) return describeTaken(name)
    return { edit: renameList(shown.name, name), done: `Renamed ${shown.name} to ${name}` }
  })

const describeTaken = (name: string): string => `There is already a watchlist “${name}”.`

/** Copies the shown list and shows the copy. */
export async function duplicateShown(): Promise<void> {
  const now = watchlistsNow()
  const shown = now && shownIn(now)
  if (now === undefined || shown === undefined) return
  const name = freeName(now.watchlists, shown.name)
  tellIfRefused(await createList({ ...shown, name }, `Copied ${shown.name} to ${name}`))
}

/** Deletes the shown list. */
export const deleteShown = async (): Promise<void> =>
  tellIfRefused(
    await editWatchlists((now) => {
      const shown = shownIn(now)
      if (shown === undefined) return undefined
      if (now.watchlists.length === 1) return 'The last watchlist can’t be deleted.'
      return { edit: deleteList(shown, now.watchlists.indexOf(shown)), done: `Deleted ${shown.name}` }
    }),
  )

/** Saves the shown list's symbols to a text file that the trader chooses, one a line. */
export async function exportShown(): Promise<void> {
  const now = watchlistsNow()
  const shown = now && shownIn(now)
  if (shown === undefined) return
  const name = `${shown.name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60)}.txt`
  const text = shown.symbols.map((symbol) => `${symbol}\n`).join('')
  const answer = await ask(signal().app.saveText({ name, text }))
  if (!answer.ok) {
    const why = answer.error.kind === 'not-written' ? answer.error.message : describeFault(answer.error)
    tell({ tone: 'failed', text: `Export failed: ${why}` })
  } else if (answer.value.kind === 'saved') tell({ tone: 'done', text: `Saved ${answer.value.path}` })
}
