import { XMarkIcon } from '@heroicons/react/16/solid'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/button.tsx'
import { closePanel } from './shown-event.ts'

interface Props {
  readonly title: string
  readonly label: string
  readonly children: ReactNode
}

/** The panel beside the table; in a narrow window it covers the table. */
export function SidePanel({ title, label, children }: Props) {
  return (
    <aside
      aria-label={label}
      className="flex w-104 shrink-0 flex-col overflow-y-auto border-l border-line bg-surface max-lg:w-88 max-md:absolute max-md:inset-0 max-md:z-30 max-md:w-auto max-md:border-l-0"
    >
      <header className="flex items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="min-w-0 grow truncate text-base font-semibold">{title}</h2>
        <IconButton label="Close (Escape)" onClick={closePanel}>
          <XMarkIcon className="size-4" />
        </IconButton>
      </header>
      {children}
    </aside>
  )
}
