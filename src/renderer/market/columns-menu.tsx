import { ViewColumnsIcon } from '@heroicons/react/16/solid'
import { Popover } from 'radix-ui'
import { Button } from '../ui/button.tsx'
import { LayoutPanel } from '../ui/table.ts'
import { marketLayout } from './columns.ts'
import { toggleDensity, usePreferences } from './preferences-store.ts'

/** The button that opens the grid's columns and presets. */
export function ColumnsMenu() {
  const open = marketLayout.use((state) => state.isPanelOpen)
  const density = usePreferences((preferences) => preferences.density)
  return (
    <Popover.Root open={open} onOpenChange={marketLayout.showPanel}>
      <Popover.Trigger asChild>
        <Button look="quiet" small>
          <ViewColumnsIcon className="size-4" aria-hidden />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      </Popover.Trigger>
      <LayoutPanel store={marketLayout}>
        <label className="flex h-7 items-center gap-2 rounded-sm px-1.5 hover:bg-hover">
          <input
            type="checkbox"
            checked={density === 'compact'}
            onChange={toggleDensity}
            className="size-3.5 accent-(--accent)"
          />
          Compact rows
        </label>
      </LayoutPanel>
    </Popover.Root>
  )
}
