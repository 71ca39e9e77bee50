import type { ReactNode } from 'react'

interface Props {
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** A step: what scrolls, and what stays at its foot. */
export function StepFrame({ footer, children }: Props) {
  return (
    <>
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto max-w-350 px-4 py-4 sm:px-8 sm:py-5">{children}</div>
      </div>
      {footer}
    </>
  )
}
