import {
  CheckCircleIcon,
  ClockIcon,
  ExclamationTriangleIcon,
  XCircleIcon,
  XMarkIcon,
} from '@heroicons/react/16/solid'
import { useEffect, useState, type ReactNode } from 'react'
import { counted } from '#shared/format/numbers'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { dismissAll, dismissToast, useToasts, type Toast } from '../stores/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'

/** How long a toast stays while the pointer is not on it, ms; until dismissed or withdrawn if undefined. */
const STAYS_MS: Readonly<Record<Toast['tone'], number | undefined>> = {
  done: 8_000,
  warning: undefined,
  failed: undefined,
  asking: 1_500, // as long as a second press counts
  busy: undefined,
}

const ICONS: Readonly<Record<Toast['tone'], ReactNode>> = {
  done: <CheckCircleIcon className="mt-1.5 size-4 shrink-0 text-good" aria-hidden />,
  warning: <ExclamationTriangleIcon className="mt-1.5 size-4 shrink-0 text-warn" aria-hidden />,
  failed: <XCircleIcon className="mt-1.5 size-4 shrink-0 text-bad" aria-hidden />,
  asking: <ExclamationTriangleIcon className="mt-1.5 size-4 shrink-0 text-warn" aria-hidden />,
  busy: <ClockIcon className="mt-1.5 size-4 shrink-0 text-muted" aria-hidden />,
}

/** How many toasts are shown; a low window has room for fewer. */
const mostShown = () => (innerHeight < 600 ? 2 : 5)

/** Short messages about what was just done or what happened, at the bottom of the window; the newest is the lowest. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts)
  const besideTicket = useTicketPreferences((preferences) => preferences.open)
  const hidden = Math.max(0, toasts.length - mostShown())
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className={classNames(
        'pointer-events-none fixed right-3 bottom-24 z-40 flex w-88 max-w-[calc(100vw-1.5rem)] flex-col gap-2 max-sm:bottom-44',
        besideTicket && 'md:right-88', // never over the button that sends
      )}
    >
      {hidden > 0 && (
        <div className="pointer-events-auto flex items-center justify-between rounded-md bg-raised py-1 pr-2 pl-3 text-xs text-muted shadow-float">
          +{hidden} more
          <Button small onClick={dismissAll}>
            Dismiss all<span className="sr-only"> {counted(toasts.length, 'message')}</span>
          </Button>
        </div>
      )}
      {toasts.map((toast, at) => (
        <ToastLine key={toast.id} toast={toast} isShown={at >= hidden} />
      ))}
    </section>
  )
}

interface ToastLineProps {
  readonly toast: Toast
  /** Its time passes even while newer ones are shown in its place. */
  readonly isShown: boolean
}

function ToastLine({ toast: { id, tone, text, action, staysMs }, isShown }: ToastLineProps) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    const stays = staysMs ?? STAYS_MS[tone]
    if (held || stays === undefined) return undefined
    const timer = setTimeout(() => dismissToast(id), stays)
    return () => clearTimeout(timer)
  }, [held, tone, staysMs, id])
  if (!isShown) return null
  return (
    <div
      data-toast={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex items-start gap-2 rounded-md bg-raised py-2 pr-2 pl-3 shadow-float"
    >
      {ICONS[tone]}
      <p className="min-w-0 grow py-1 break-words">{text}</p>
      {action && (
        <Button
          small
          onClick={() => {
            action.run()
            dismissToast(id)
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismissToast(id)}>
        <XMarkIcon className="size-4" />
      </IconButton>
    </div>
  )
}
