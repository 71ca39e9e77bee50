import type { ComponentType, ReactNode, SVGProps } from 'react'

interface Props {
  readonly Icon: ComponentType<SVGProps<SVGSVGElement>>
  readonly label: string
  /** What the number counts, and over which period. */
  readonly about: string
  readonly children: ReactNode
}

/** One system stat with its name. */
export function StatCard({ Icon, label, about, children }: Props) {
  return (
    <div title={about} className="min-w-0 px-3 py-1.5 shadow-[0_0_0_1px_var(--line)]">
      <dt className="flex items-center gap-1 text-2xs text-muted">
        <Icon className="size-3 shrink-0" aria-hidden />
        <span className="truncate">{label}</span>
      </dt>
      <dd className="truncate font-medium">{children}</dd>
    </div>
  )
}
