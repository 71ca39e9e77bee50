import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** Shown at the right of the title. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A part of a step with its heading. */
export function Section({ title, aside, children }: Props) {
  return (
    <section className="mt-6 first:mt-0">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line pb-1.5">
        <h2 className="text-base font-semibold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
