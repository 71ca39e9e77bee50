import type { ReactNode } from 'react'

interface Props {
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** A step: what scrolls, and what stays at its foot. */
export function StepFrame({ footer, children }: Props) {
  return (
    <>
      <div className="relative min-h-0 grow overflow-y-auto">
        <div className="px-4 py-4 sm:px-8 sm:py-5">
          <div className="mx-auto max-w-350">{children}</div>
        </div>
      </div>
      {footer}
    </>
  )
}
