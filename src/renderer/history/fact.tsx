import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  /** What the figure means. */
  readonly about?: ReactNode
  readonly children: ReactNode
}

/** A figure with its name; belongs in a `dl`. */
export function Fact({ label, about, children }: Props) {
  return (
    <div className="min-w-0 px-3 py-2 shadow-[0_0_0_1px_var(--line)]">
      <dt className="truncate text-2xs text-muted">{label}</dt>
      <dd className="truncate text-lg font-semibold">{children}</dd>
      {about !== undefined && <dd className="text-xs text-soft">{about}</dd>}
    </div>
  )
}

/** Figures side by side, as many as fit. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-px overflow-hidden rounded-md border border-line bg-surface">
      {children}
    </dl>
  )
}
