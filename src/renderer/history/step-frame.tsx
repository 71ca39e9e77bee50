import type { ReactNode } from 'react'

interface Props {
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** The frame of a step: content that scrolls, and a fixed footer. */
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
