import { useEffect, useId, useRef, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface Props {
  readonly title: string
  /** The title is only read aloud. */
  readonly hideTitle?: boolean
  readonly onClose: () => void
  readonly className?: string
  readonly children: ReactNode
}

/**
 * A modal dialog while mounted. It is the platform's own, which keeps the focus inside, restores it on close,
 * closes on Escape, and needs no injected style sheet (our content policy rejects those).
 */
export function Dialog({ title, hideTitle = false, onClose, className, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the click is on the backdrop, and Escape does the same
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => event.stopPropagation()}
      className={classNames(
        'm-auto max-h-[90vh] w-[calc(100vw-2rem)] rounded-lg bg-raised p-0 text-ink shadow-float',
        className,
      )}
    >
      <h2 id={titleId} className={hideTitle ? 'sr-only' : 'px-5 pt-4 text-base font-semibold'}>
        {title}
      </h2>
      {children}
    </dialog>
  )
}
