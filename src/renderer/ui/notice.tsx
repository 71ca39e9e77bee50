import type { ReactNode } from 'react'
import {
  CheckCircleIcon,
  ExclamationTriangleIcon,
  InformationCircleIcon,
  XCircleIcon,
} from '@heroicons/react/16/solid'
import { classNames } from './class-names.ts'

const TONES = {
  info: { Icon: InformationCircleIcon, look: 'border-accent/35 bg-accent/7', icon: 'text-accent' },
  good: { Icon: CheckCircleIcon, look: 'border-good/35 bg-good/7', icon: 'text-good' },
  warn: { Icon: ExclamationTriangleIcon, look: 'border-warn/40 bg-warn/8', icon: 'text-warn' },
  bad: { Icon: XCircleIcon, look: 'border-bad/40 bg-bad/7', icon: 'text-bad' },
} as const

interface Props {
  readonly tone: keyof typeof TONES
  /** `alert` if it responds to something the trader did. */
  readonly role?: 'alert' | 'status'
  readonly children: ReactNode
}

/** A framed sentence or two that the trader should read, with any action inside. */
export function Notice({ tone, role, children }: Props) {
  const { Icon, look, icon } = TONES[tone]
  return (
    <div role={role} className={classNames('flex gap-2.5 rounded-md border px-3 py-2', look)}>
      <Icon className={classNames('mt-0.5 size-4 shrink-0', icon)} aria-hidden />
      <div className="min-w-0 grow">{children}</div>
    </div>
  )
}
