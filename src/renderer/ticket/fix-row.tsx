import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import type { Fix } from './fixes.ts'

/** Buttons that fix what is wrong, each with its key. */
export function FixRow({ fixes }: { readonly fixes: readonly Fix[] }) {
  return (
    <div role="group" aria-label="Fixes" className="flex shrink-0 gap-1.5 overflow-x-auto">
      {fixes.map(({ label, run }, at) => (
        <Button key={label} className="h-6! px-2! text-xs!" onClick={run}>
          {label}
          <Keys keys={`Alt+${at + 1}`} />
        </Button>
      ))}
    </div>
  )
}
