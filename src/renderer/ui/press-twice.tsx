import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'

/** The second press must come within this time, ms. */
const TWICE_WITHIN_MS = 1_500
/** Holding it down this long counts as two presses, ms. */
const HOLD_MS = 600

interface Props {
  /** Text after the first press, such as `Press again to flatten`. */
  readonly again: string
  readonly onConfirm: () => void
  /** Called at the first press, to announce it to screen readers. */
  readonly onFirst?: () => void
  readonly disabled?: boolean
  readonly title?: string
  readonly className?: string
  readonly children: ReactNode
}

/** A button for what cannot be undone: press twice within 1.5 s, or hold it. */
export function PressTwice({ again, onConfirm, onFirst, disabled, title, className, children }: Props) {
  const [isAsking, setIsAsking] = useState(false)
  const holding = useRef<ReturnType<typeof setTimeout>>(undefined)
  const held = useRef(false)
  useEffect(() => {
    if (!isAsking) return undefined
    const timer = setTimeout(() => setIsAsking(false), TWICE_WITHIN_MS)
    return () => clearTimeout(timer)
  }, [isAsking])
  useEffect(() => () => clearTimeout(holding.current), [])

  const confirm = () => {
    setIsAsking(false)
    onConfirm()
  }
  const letGo = () => clearTimeout(holding.current)
  return (
    <Button
      look="danger"
      disabled={disabled}
      title={title}
      onPointerDown={({ button }) => {
        held.current = false
        if (button !== 0) return
        holding.current = setTimeout(() => {
          held.current = true
          confirm()
        }, HOLD_MS)
      }}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onKeyDown={(event) => event.repeat && event.preventDefault()}
      onClick={(event) => {
        event.stopPropagation()
        if (held.current) {
          held.current = false
          return
        }
        if (isAsking) return confirm()
        setIsAsking(true)
        onFirst?.()
      }}
      className={classNames('grid!', isAsking && 'border-bad! bg-bad! text-surface!', className)}
    >
      <Layer isShown={!isAsking}>{children}</Layer>
      <Layer isShown={isAsking}>{again}</Layer>
    </Button>
  )
}

/** One of two overlaid texts, so that the button keeps its width under the pointer. */
function Layer({ isShown, children }: { readonly isShown: boolean; readonly children: ReactNode }) {
  return (
    <span
      aria-hidden={!isShown}
      className={classNames(
        'col-start-1 row-start-1 flex items-center justify-center gap-1.5',
        !isShown && 'invisible',
      )}
    >
      {children}
    </span>
  )
}
