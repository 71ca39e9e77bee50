import { XMarkIcon } from '@heroicons/react/16/solid'
import { IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { closeOverlay } from './navigation.ts'
import type { Action, KeyList } from './screen.ts'

interface Props {
  readonly actions: readonly Action[]
  /** Keys of one part of the window, besides those of the actions. */
  readonly more: readonly KeyList[]
}

/** All keyboard shortcuts. */
export function KeysDialog({ actions, more }: Props) {
  return (
    <Dialog title="Shortcuts" onClose={closeOverlay} className="max-w-160">
      <div className="absolute top-3 right-3">
        <IconButton label="Close" onClick={closeOverlay}>
          <XMarkIcon className="size-4" />
        </IconButton>
      </div>
      <div className="grid gap-x-8 gap-y-4 p-5 sm:grid-cols-2">
        <List
          title="Global"
          lines={actions.flatMap(({ label, keys }) => (keys === undefined ? [] : [[label, keys] as const]))}
        />
        <div className="grid content-start gap-y-4">
          {more.map(({ title, lines }) => (
            <List key={title} title={title} lines={lines} />
          ))}
        </div>
      </div>
    </Dialog>
  )
}

function List({ title, lines }: KeyList) {
  return (
    <section>
      <h3 className="mb-1 text-xs font-semibold text-muted">{title}</h3>
      <ul>
        {lines.map(([label, keys]) => (
          <li key={label} className="flex min-h-7 items-center justify-between gap-4 py-1 leading-4">
            {label}
            <Keys keys={keys} />
          </li>
        ))}
      </ul>
    </section>
  )
}
