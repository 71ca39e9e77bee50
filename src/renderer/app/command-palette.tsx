import { Command } from 'cmdk'
import { useEffect, useRef } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { closeOverlay } from './navigation.ts'
import type { Action } from './screen.ts'

/** Finds any action by its name and runs it. */
export function CommandPalette({ actions }: { readonly actions: readonly Action[] }) {
  const input = useRef<HTMLInputElement>(null)
  // Chromium 114 would focus the first box of the dialog, which takes no text.
  useEffect(() => input.current?.focus(), [])
  return (
    <Dialog title="Search commands" hideTitle onClose={closeOverlay} className="mt-[12vh] max-w-130">
      <Command label="Commands" loop>
        <Command.Input
          ref={input}
          placeholder="What do you want to do?"
          className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-muted">
            No command of this name. Try another word, such as “columns”.
          </Command.Empty>
          {actions.map(({ id, label, keys, run }) => (
            <Command.Item
              key={id}
              value={label}
              onSelect={() => {
                closeOverlay()
                run()
              }}
              className="flex h-8 cursor-pointer items-center justify-between rounded-md px-2.5 data-[selected=true]:bg-hover"
            >
              {label}
              {keys !== undefined && <Keys keys={keys} />}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}
