import { ArrowDownIcon, ArrowUpIcon, ViewColumnsIcon } from '@heroicons/react/16/solid'
import { Popover } from 'radix-ui'
import { create } from 'zustand'
import { Button, IconButton } from '../ui/button.tsx'
import { COLUMNS } from './columns.ts'
import { COLUMN_IDS, type ColumnId } from './column-ids.ts'
import { moveColumn, resetColumns, showColumn, toggleDensity, usePreferences } from './preferences-store.ts'

interface ColumnsMenuState {
  /** Also set by the palette and a key. */
  readonly open: boolean
  /** Columns that fit in the grid at its current width. */
  readonly fitting: readonly ColumnId[]
}

/** Whether the menu is open, and which columns currently fit. */
export const useColumnsMenu = create<ColumnsMenuState>(() => ({ open: false, fitting: COLUMN_IDS }))

/** The menu that shows, hides and moves columns. */
export function ColumnsMenu() {
  const open = useColumnsMenu((state) => state.open)
  const { order, density } = usePreferences()
  return (
    <Popover.Root open={open} onOpenChange={(next) => useColumnsMenu.setState({ open: next })}>
      <Popover.Trigger asChild>
        <Button look="quiet" small>
          <ViewColumnsIcon className="size-4" aria-hidden />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Columns"
          className="z-30 max-h-(--radix-popover-content-available-height) w-64 overflow-y-auto rounded-md bg-raised p-2 shadow-float"
        >
          <ul>
            {order.map((id, index) => (
              <ColumnLine key={id} id={id} isFirst={index <= 1} isLast={index === order.length - 1} />
            ))}
          </ul>
          <div className="mt-1.5 grid gap-1 border-t border-line pt-1.5">
            <label className="flex h-7 items-center gap-2 rounded-sm px-1.5 hover:bg-hover">
              <input
                type="checkbox"
                checked={density === 'compact'}
                onChange={toggleDensity}
                className="size-3.5 accent-(--accent)"
              />
              Compact rows
            </label>
            <Button look="quiet" className="w-full" onClick={resetColumns}>
              Reset columns
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ColumnLineProps {
  readonly id: ColumnId
  readonly isFirst: boolean
  readonly isLast: boolean
}

function ColumnLine({ id, isFirst, isLast }: ColumnLineProps) {
  const shown = usePreferences(({ hidden }) => !hidden.includes(id))
  const fits = useColumnsMenu(({ fitting }) => fitting.includes(id))
  const { header } = COLUMNS[id]
  const isSymbol = id === 'symbol'
  return (
    <li className="flex items-center gap-1 rounded-sm px-1.5 hover:bg-hover">
      <label className="flex h-7 grow items-center gap-2">
        <input
          type="checkbox"
          checked={shown}
          disabled={isSymbol}
          onChange={(event) => showColumn(id, event.target.checked)}
          className="size-3.5 accent-(--accent)"
        />
        {header}
        {shown && !fits && <span className="text-xs text-muted">no room</span>}
      </label>
      {!isSymbol && (
        <>
          <IconButton
            label={`Move ${header} to the left`}
            disabled={isFirst}
            onClick={() => moveColumn(id, -1)}
          >
            <ArrowUpIcon className="size-3.5" />
          </IconButton>
          <IconButton
            label={`Move ${header} to the right`}
            disabled={isLast}
            onClick={() => moveColumn(id, 1)}
          >
            <ArrowDownIcon className="size-3.5" />
          </IconButton>
        </>
      )}
    </li>
  )
}
