import { useEffect, useState } from 'react'
import { watchlistName } from '#shared/watchlists'
import { useSettings } from '../stores/settings.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CONTROL, describedBy } from '../ui/field.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { closeWatchlistDialog, createList, renameShown, useWatchlistDialog } from './watchlist-actions.ts'

/** The open dialog about watchlists, if any. */
export function WatchlistDialogs() {
  const open = useWatchlistDialog((state) => state.open)
  const name = useSettings(({ view }) => view?.settings.watchlist) ?? ''
  if (open === undefined) return null
  if (open === 'import') return <ImportDialog />
  return open === 'new' ? (
    <NameDialog
      title="New watchlist"
      action="Create"
      initial=""
      onName={(typed) => createList({ name: typed, symbols: [] }, `Created ${typed}`)}
    />
  ) : (
    <NameDialog title={`Rename ${name}`} action="Rename" initial={name} onName={renameShown} />
  )
}

interface NameDialogProps {
  readonly title: string
  readonly action: string
  readonly initial: string
  /** Answers why the name was refused, in words, or undefined. */
  readonly onName: (name: string) => Promise<string | undefined>
}

const ID = 'watchlist-name'

function NameDialog({ title, action, initial, onName }: NameDialogProps) {
  const [name, setName] = useState(initial)
  const [error, setError] = useState<string>()
  useEffect(() => {
    const field = document.getElementById(ID)
    if (field instanceof HTMLInputElement) field.select()
  }, [])

  const submit = async () => {
    const read = watchlistName.safeParse(name)
    if (!read.success)
      return setError(`A watchlist ${read.error.issues[0]?.message ?? 'needs another name'}.`)
    const refused = await onName(read.data)
    setError(refused)
    if (refused === undefined) closeWatchlistDialog()
  }

  return (
    <Dialog title={title} onClose={closeWatchlistDialog} className="mt-[12vh] max-w-110">
      <form
        className="p-5 pt-3"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <label htmlFor={ID} className="font-medium">
          Name
        </label>
        <input
          id={ID}
          type="text"
          value={name}
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={error !== undefined}
          aria-describedby={describedBy(ID)}
          onChange={({ target }) => {
            setName(target.value)
            setError(undefined)
          }}
          className={`${CONTROL} mt-1.5`}
        />
        <p id={`${ID}-error`} role="alert" className="mt-1.5 text-xs text-bad empty:hidden">
          {error}
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={closeWatchlistDialog}>Cancel</Button>
          <Button look="primary" type="submit">
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
