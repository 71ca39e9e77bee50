import { BeakerIcon, BoltIcon, DocumentTextIcon } from '@heroicons/react/16/solid'
import type { Mode } from '#shared/settings'
import { useSettings } from '../stores/settings.ts'
import { classNames } from '../ui/class-names.ts'

const MODES = {
  demo: {
    Icon: BeakerIcon,
    word: 'DEMO',
    about: 'Demo: simulated prices, no account.',
    look: 'border border-dashed border-muted text-ink',
  },
  paper: {
    Icon: DocumentTextIcon,
    word: 'PAPER',
    about: 'Alpaca paper account: real prices, simulated money.',
    look: 'border-2 border-paper text-paper',
  },
  live: {
    Icon: BoltIcon,
    word: 'LIVE',
    about: 'Alpaca live account: real money.',
    look: 'bg-live text-app',
  },
} as const satisfies Record<Mode, unknown>

interface Props {
  /** The last characters of the account number, if orders are sent to an account. */
  readonly endsWith?: string | undefined
  /** In a narrow window there is room for the mode only. */
  readonly isTight?: boolean
}

/** Which market and whose money: shown by word, sign and shape, not by color alone. */
export function ModeBadge({ endsWith, isTight = false }: Props) {
  const mode = useSettings(({ view }) => view?.settings.mode)
  if (!mode) return null
  const { Icon, word, about, look } = MODES[mode]
  return (
    <span
      title={about}
      className={classNames(
        'flex h-6 shrink-0 items-center gap-1 rounded-sm px-2 text-xs font-bold tracking-wider whitespace-nowrap',
        look,
      )}
    >
      <Icon className="size-3.5" aria-hidden />
      <span>{word}</span>
      {endsWith !== undefined && (
        <span className={classNames('font-semibold tracking-normal', isTight && 'max-sm:hidden')}>
          …{endsWith}
        </span>
      )}
    </span>
  )
}
