import { ContextMenu } from 'radix-ui'
import { useRef, useState, type MouseEvent, type ReactElement, type ReactNode, type RefObject } from 'react'
import { classNames } from '../class-names.ts'
import { menuRoom } from '../menu-room.ts'
import { Keys } from '../keys.tsx'
import type { RowAction } from './column.ts'
import { fitColumn, fitColumns, type HeaderColumn } from './header.tsx'
import { builtInPresets, isMovable, withMovedBy, withPinned, withShown, withSort } from './layout.ts'
import type { LayoutStore } from './layout-store.ts'
import type { PlacedColumn } from './model.ts'

/** What was pressed: a column's header, or a row, perhaps in the cell of a column. */
export type MenuTarget =
  | { readonly kind: 'header'; readonly column: string }
  | { readonly kind: 'row'; readonly key: string; readonly column: string | undefined }

interface Props {
  readonly store: LayoutStore
  readonly scroller: RefObject<HTMLElement | null>
  readonly columns: readonly PlacedColumn<HeaderColumn>[]
  /** What can be done with the row of this key, above the entries that copy. */
  readonly rowActions: (key: string) => readonly RowAction[]
  readonly copyActions: (key: string, column: string | undefined) => readonly RowAction[]
  /** The scroller with the table. */
  readonly children: ReactElement<{ readonly ref?: unknown }>
}

/**
 * The context menu of a table, opened by the right button, the menu key or Shift+F10. What is chosen runs after the
 * focus has gone back to where it was, so that it may take the focus elsewhere.
 */
export function TableMenu({ store, scroller, columns, rowActions, copyActions, children }: Props) {
  const [target, setTarget] = useState<MenuTarget>()
  const opener = useRef<HTMLElement>(undefined)
  const chosen = useRef<() => void>(undefined)
  const choose = (run: () => void) => {
    chosen.current = run
  }
  const onOpen = (event: MouseEvent) => {
    const next = targetOf(event.target)
    if (!next) return event.preventDefault()
    setTarget(next)
    chosen.current = undefined
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : undefined
  }
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenuCapture={onOpen}
        onPointerDownCapture={
          ({ target: at, pointerType }) => pointerType !== 'mouse' && setTarget(targetOf(at)) // a long press opens it without that event
        }
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal container={menuRoom()}>
        <ContextMenu.Content
          collisionPadding={8}
          aria-label={target?.kind === 'header' ? 'Column' : 'Row'}
          className={PANEL}
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (document.activeElement === document.body) opener.current?.focus({ preventScroll: true })
            chosen.current?.()
          }}
        >
          {target?.kind === 'header' && (
            <HeaderEntries {...{ store, scroller, columns, choose }} id={target.column} />
          )}
          {target?.kind === 'row' && (
            <>
              <Entries actions={rowActions(target.key)} choose={choose} />
              <Entries actions={copyActions(target.key, target.column)} choose={choose} />
            </>
          )}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

const PANEL =
  'z-40 max-h-(--radix-context-menu-content-available-height) min-w-48 overflow-y-auto rounded-md bg-raised p-1 text-ink shadow-float'
const ENTRY =
  'flex h-7 items-center justify-between gap-6 rounded-sm px-2 whitespace-nowrap outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover'

function targetOf(at: EventTarget | null): MenuTarget | undefined {
  if (!(at instanceof Element) || at.closest('input, textarea, select')) return undefined
  const cell = at.closest<HTMLElement>('[data-column]')
  const column = cell?.dataset['column']
  if (cell?.getAttribute('role') === 'columnheader')
    return column === undefined ? undefined : { kind: 'header', column }
  const key = at.closest<HTMLElement>('[role=row][data-key]')?.dataset['key']
  return key === undefined ? undefined : { kind: 'row', key, column }
}

interface ChooseProps {
  readonly choose: (run: () => void) => void
}

function Entry({ action, choose }: ChooseProps & { readonly action: RowAction }) {
  return (
    <ContextMenu.Item
      disabled={action.isDisabled === true}
      onSelect={() => choose(action.run)}
      className={classNames(ENTRY, action.tone === 'danger' && 'text-bad')}
    >
      {action.label}
      {action.keys !== undefined && <Keys keys={action.keys} />}
    </ContextMenu.Item>
  )
}

/** A group of entries, parted from the next by a line. */
function Entries({ actions, choose }: ChooseProps & { readonly actions: readonly RowAction[] }) {
  return actions.length === 0 ? null : (
    <ContextMenu.Group className="border-line not-last:mb-1 not-last:border-b not-last:pb-1">
      {actions.map((action) => (
        <Entry key={action.label} action={action} choose={choose} />
      ))}
    </ContextMenu.Group>
  )
}

interface HeaderEntriesProps extends ChooseProps, Pick<Props, 'store' | 'scroller' | 'columns'> {
  readonly id: string
}

function HeaderEntries({ store, scroller, columns, id, choose }: HeaderEntriesProps) {
  const { layout, preset, own } = store.use()
  const { shape, change } = store
  const placed = columns.find(({ column }) => column.id === id)
  const isFree = isMovable(shape, id)
  const sort = (descending: boolean) => () => change((now) => withSort(now, { column: id, descending }))
  const isPinned = layout.pinned.includes(id)
  const sorting: RowAction[] = [
    { label: 'Sort ascending', run: sort(false) },
    { label: 'Sort descending', run: sort(true) },
    {
      label: 'Clear sort',
      isDisabled: layout.sort === undefined,
      run: () => change((now) => withSort(now, undefined)),
    },
  ]
  const placing: RowAction[] = [
    {
      label: isPinned ? 'Unpin' : 'Pin left',
      isDisabled: !isFree,
      run: () => change((now) => withPinned(now, id, !isPinned)),
    },
    {
      label: 'Move left',
      keys: 'Ctrl+←',
      isDisabled: !isFree,
      run: () => change((now) => withMovedBy(shape, now, id, -1)),
    },
    {
      label: 'Move right',
      keys: 'Ctrl+→',
      isDisabled: !isFree,
      run: () => change((now) => withMovedBy(shape, now, id, 1)),
    },
    {
      label: 'Fit to content',
      keys: 'Alt+Enter',
      run: () => fitColumn(store, scroller.current, columns, id),
    },
    { label: 'Fit all columns', run: () => fitColumns(store, scroller.current, columns) },
    { label: 'Hide column', isDisabled: !isFree, run: () => change((now) => withShown(now, id, false)) },
  ]
  const whole: RowAction[] = [
    { label: 'Columns and presets…', run: () => store.showPanel(true) },
    { label: 'Reset columns', run: store.reset },
  ]
  const names = [...builtInPresets(shape), ...own].map(({ name }) => name)
  return (
    <>
      {placed?.column.sortValue !== undefined && <Entries actions={sorting} choose={choose} />}
      <Entries actions={placing} choose={choose} />
      <ContextMenu.Group className="mb-1 border-b border-line pb-1">
        <Sub label="Columns">
          {shape.columns.map((column) => (
            <ContextMenu.CheckboxItem
              key={column.id}
              className={ENTRY}
              checked={!layout.hidden.includes(column.id)}
              disabled={!isMovable(shape, column.id)}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(isShown) => change((now) => withShown(now, column.id, isShown))}
            >
              {column.header}
              <ContextMenu.ItemIndicator>✓</ContextMenu.ItemIndicator>
            </ContextMenu.CheckboxItem>
          ))}
        </Sub>
        <Sub label="Presets">
          <ContextMenu.RadioGroup value={preset} onValueChange={store.apply}>
            {names.map((name) => (
              <ContextMenu.RadioItem key={name} value={name} className={ENTRY}>
                {name}
                <ContextMenu.ItemIndicator>✓</ContextMenu.ItemIndicator>
              </ContextMenu.RadioItem>
            ))}
          </ContextMenu.RadioGroup>
        </Sub>
      </ContextMenu.Group>
      <Entries actions={whole} choose={choose} />
    </>
  )
}

function Sub({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className={classNames(ENTRY, 'data-[state=open]:bg-hover')}>
        {label}
        <span aria-hidden>▸</span>
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal container={menuRoom()}>
        <ContextMenu.SubContent collisionPadding={8} className={PANEL}>
          {children}
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  )
}
