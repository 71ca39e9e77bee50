import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import type { Fix } from './fixes.ts'

interface Props {
  readonly fixes: readonly Fix[]
  /** The problem or field that the buttons fix. */
  readonly mends: Fix['mends']
}

/** Buttons that fix one problem, each with its key. */
export function FixButtons({ fixes, mends }: Props) {
  const own = fixes.filter((fix) => fix.mends === mends)
  if (own.length === 0) return null
  return (
    <span className="mt-1 flex flex-wrap gap-1.5">
      {own.map((fix) => (
        <Button key={fix.label} className="h-6! px-2! text-xs!" onClick={fix.run}>
          {fix.label}
          <Keys keys={`Alt+${fixes.indexOf(fix) + 1}`} />
        </Button>
      ))}
    </span>
  )
}
