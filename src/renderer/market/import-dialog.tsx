import { useEffect, useState, type ChangeEvent } from 'react'
import { readWatchlistFile } from '#shared/symbol-list'
import { watchlistName } from '#shared/watchlists'
import { useSettings } from '../stores/settings.ts'
import { tell } from '../stores/toasts.ts'
import { describeRefused, importSymbols, watchlistsNow } from '../stores/watchlists.ts'
import { freeName } from '../stores/watchlist-edits.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { classNames } from '../ui/class-names.ts'
import { CONTROL, describedBy } from '../ui/field.tsx'
import { closeWatchlistDialog } from './watchlist-actions.ts'

const ID = 'import-symbols'

/** Larger files hold something else than symbols, bytes. */
const MOST_BYTES = 1_000_000

/** Reads symbols from a pasted text or a file, into a new list or the shown one. */
export function ImportDialog() {
  const shown = useSettings(({ view }) => view?.settings.watchlist) ?? ''
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [isNew, setIsNew] = useState(true)
  const [error, setError] = useState<string>()
  useEffect(() => document.getElementById(ID)?.focus(), [])
  const { symbols, bad } = readWatchlistFile(text)

  const readFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (file === undefined) return
    setError(file.size > MOST_BYTES ? `${file.name} is too large for a list of symbols.` : undefined)
    if (file.size > MOST_BYTES) return
    setText(await file.text())
    setName(file.name.replace(/\.[^.]*$/, '').slice(0, 40))
  }

  const submit = async () => {
    const lists = watchlistsNow()?.watchlists ?? []
    const read = watchlistName.safeParse(name.trim() === '' ? 'Imported' : name)
    if (!read.success)
      return setError(`A watchlist ${read.error.issues[0]?.message ?? 'needs another name'}.`)
    const target = isNew ? { name: freeName(lists, read.data), isNew } : { name: shown, isNew }
    const { problem, refused } = await importSymbols(text, target)
    if (problem !== undefined) return setError(problem)
    closeWatchlistDialog()
    if (refused.length > 0) tell({ tone: 'failed', text: `Not imported: ${describeRefused(refused)}` })
  }

  return (
    <Dialog title="Import watchlist" onClose={closeWatchlistDialog} className="max-w-130">
      <form
        className="grid gap-3 p-5 pt-3"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div>
          <label htmlFor={ID} className="font-medium">
            Symbols
          </label>
          <p id={`${ID}-hint`} className="text-xs text-muted">
            Paste a list or choose a file: text, CSV, or a TradingView watchlist.
          </p>
          <textarea
            id={ID}
            rows={5}
            value={text}
            spellCheck={false}
            aria-invalid={error !== undefined}
            aria-describedby={describedBy(ID)}
            onChange={({ target }) => {
              setText(target.value)
              setError(undefined)
            }}
            className={classNames(CONTROL, 'mt-1.5 h-auto! resize-y py-1.5')}
          />
          <p role="status" className="mt-1 text-xs text-soft empty:hidden">
            {text.trim() !== '' && describeRead(symbols.length, bad)}
          </p>
          <p id={`${ID}-error`} role="alert" className="mt-1 text-xs text-bad empty:hidden">
            {error}
          </p>
          <input
            type="file"
            accept=".txt,.csv,text/plain,text/csv"
            aria-label="File with symbols"
            onChange={(event) => void readFile(event)}
            className="mt-2 w-full text-xs text-soft"
          />
        </div>
        <fieldset className="grid gap-2">
          <legend className="font-medium">Import into</legend>
          <div className="flex items-center gap-2">
            <label className="flex shrink-0 items-center gap-2">
              <input type="radio" name="import-into" checked={isNew} onChange={() => setIsNew(true)} />
              New watchlist
            </label>
            <input
              type="text"
              aria-label="Name of the new watchlist"
              placeholder="Imported"
              value={name}
              maxLength={40}
              disabled={!isNew}
              spellCheck={false}
              autoComplete="off"
              onChange={({ target }) => setName(target.value)}
              className={CONTROL}
            />
          </div>
          <label className="flex items-center gap-2">
            <input type="radio" name="import-into" checked={!isNew} onChange={() => setIsNew(false)} />
            {shown}
          </label>
        </fieldset>
        <div className="flex justify-end gap-2">
          <Button onClick={closeWatchlistDialog}>Cancel</Button>
          <Button look="primary" type="submit" disabled={symbols.length === 0}>
            Import
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const describeRead = (count: number, bad: readonly string[]): string =>
  `${count === 1 ? '1 symbol' : `${count} symbols`}${bad.length === 0 ? '' : `; not symbols: ${describeRefused(bad)}`}`
