import type { TradingState } from '#shared/trading/account'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { Dot, type Tone } from '../ui/dot.tsx'

const STATES: Readonly<
  Record<TradingState['state'], { readonly word: string; readonly tone: Tone; readonly about: string }>
> = {
  active: { word: 'Trading on', tone: 'good', about: 'All orders are allowed.' },
  reducing: {
    word: 'Close-only',
    tone: 'warn',
    about: 'Closing orders only.',
  },
  halted: { word: 'Blocked', tone: 'bad', about: 'New orders blocked. Cancels and exits still work.' },
}

/** What may be sent now, in a word; the reasons are in its tooltip and in the banner. */
export function TradingStatus() {
  const trading = useTrading((state) => state.trading?.trading)
  if (!trading) return null
  const { word, tone, about } = STATES[trading.state]
  return (
    <div
      role="status"
      aria-label="Trading"
      title={[about, ...trading.reasons.map(({ sentence }) => sentence)].join(' ')}
      className={classNames(
        'flex min-w-22 items-center gap-1.5 whitespace-nowrap', // as wide as its longest word, so that nothing beside it moves
        trading.state === 'halted' && 'justify-center rounded-sm bg-bad px-1.5 font-semibold text-surface',
      )}
    >
      {trading.state !== 'halted' && <Dot tone={tone} />}
      {word}
    </div>
  )
}
