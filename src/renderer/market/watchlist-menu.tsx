import { ChevronDownIcon, LockClosedIcon, PlusIcon } from '@heroicons/react/16/solid'
import { DropdownMenu } from 'radix-ui'
import { useSettings } from '../stores/settings.ts'
import { showWatchlist, useWatchedSymbols } from '../stores/watchlists.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { menuRoom } from '../ui/menu-room.ts'
import { openAddSymbol } from './add-symbol.tsx'
import { deleteShown, duplicateShown, exportShown, openWatchlistDialog } from './watchlist-actions.ts'

const ITEM =
  'flex h-7 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none data-[highlighted]:bg-hover ' +
  'data-[disabled]:cursor-default data-[disabled]:opacity-55'

/** The shown watchlist's name: switches to another list, and changes lists. */
export function WatchlistMenu() {
  const fixedBy = useSettings(({ view }) => view?.fixed.symbols)
  const count = useWatchedSymbols().length
  if (fixedBy !== undefined) {
    return (
      <span
        className="flex h-7 items-center gap-1.5 px-1 text-sm whitespace-nowrap"
        title={`Set by ${fixedBy} (environment). Change it there and restart.`}
      >
        <LockClosedIcon className="size-3.5 text-muted" aria-hidden />
        <span className="max-md:sr-only">{fixedBy}</span>
        <span className="text-muted">{count}</span>
      </span>
    )
  }
  return (
    <>
      <ListMenu count={count} />
      <IconButton label="Add symbol (+)" onClick={() => openAddSymbol()}>
        <PlusIcon className="size-4" />
      </IconButton>
    </>
  )
}

function ListMenu({ count }: { readonly count: number }) {
  const name = useSettings(({ view }) => view?.settings.watchlist) ?? ''
  const lists = useSettings(({ view }) => view?.settings.watchlists) ?? []
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" small className="min-w-0 shrink px-2!">
          <span className="sr-only">Watchlist</span>
          <span className="max-w-40 truncate font-medium text-ink">{name}</span>
          <span className="text-muted">{count}</span>
          <ChevronDownIcon className="size-3.5 shrink-0" aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={menuRoom()}>
        <DropdownMenu.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="z-30 max-h-(--radix-dropdown-menu-content-available-height) w-64 overflow-y-auto rounded-md bg-raised p-1.5 shadow-float"
        >
          <DropdownMenu.RadioGroup value={name} onValueChange={(next) => void showWatchlist(next)}>
            {lists.map((list) => (
              <DropdownMenu.RadioItem key={list.name} value={list.name} className={ITEM}>
                <span className="flex w-3 shrink-0 justify-center">
                  <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
                </span>
                <span className="min-w-0 grow truncate">{list.name}</span>
                <span className="text-xs text-muted">{list.symbols.length}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
          <MenuItem label="Add symbol…" keys="+" onSelect={() => openAddSymbol()} />
          <MenuItem label="New watchlist…" onSelect={() => openWatchlistDialog('new')} />
          <MenuItem label="Rename…" onSelect={() => openWatchlistDialog('rename')} />
          <MenuItem label="Duplicate" onSelect={() => void duplicateShown()} />
          <MenuItem label="Delete" disabled={lists.length < 2} onSelect={() => void deleteShown()} />
          <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
          <MenuItem label="Import…" onSelect={() => openWatchlistDialog('import')} />
          <MenuItem label="Export…" disabled={count === 0} onSelect={() => void exportShown()} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  readonly label: string
  readonly keys?: string
  readonly disabled?: boolean
  readonly onSelect: () => void
}

function MenuItem({ label, keys, disabled = false, onSelect }: MenuItemProps) {
  return (
    <DropdownMenu.Item disabled={disabled} onSelect={onSelect} className={ITEM}>
      <span className="grow pl-5">{label}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </DropdownMenu.Item>
  )
}
