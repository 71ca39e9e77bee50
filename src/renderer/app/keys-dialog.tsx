import { XMarkIcon } from '@heroicons/react/16/solid'
import { IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { closeOverlay } from './navigation.ts'
import type { Action } from './screen.ts'

/** Keys that work inside the grid, beside those of the actions. */
const GRID_KEYS = [
  ['Walk the grid', 'Arrows'],
  ['First, last column', 'Home / End'],
  ['First, last cell', 'Ctrl+Home'],
  ['Page', 'PgUp / PgDn'],
  ['Find a symbol', 'A…Z'],
  ['Details of the row', 'Enter'],
  ['Read the row aloud', 'Ctrl+Enter'],
] as const

/** All keys at a glance. */
export function KeysDialog({ actions }: { readonly actions: readonly Action[] }) {
  return (
    <Dialog title="Keys" onClose={closeOverlay} className="max-w-160">
      <div className="absolute top-3 right-3">
        <IconButton label="Close" onClick={closeOverlay}>
          <XMarkIcon className="size-4" />
        </IconButton>
      </div>
      <div className="grid gap-x-8 gap-y-4 p-5 sm:grid-cols-2">
        <List
          title="Everywhere"
          lines={actions.flatMap(({ label, keys }) => (keys === undefined ? [] : [[label, keys]]))}
        />
        <List title="In the grid" lines={GRID_KEYS} />
      </div>
    </Dialog>
  )
}

interface ListProps {
  readonly title: string
  readonly lines: readonly (readonly string[])[]
}

function List({ title, lines }: ListProps) {
  return (
    <section>
      <h3 className="mb-1 text-xs font-semibold text-muted">{title}</h3>
      <ul>
        {lines.map(([label = '', keys = '']) => (
          <li key={label} className="flex h-7 items-center justify-between gap-4">
            {label}
            <Keys keys={keys} />
          </li>
        ))}
      </ul>
    </section>
  )
}
