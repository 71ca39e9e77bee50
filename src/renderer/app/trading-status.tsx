import type { TradingState } from '#shared/trading/account'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { Dot, type Tone } from '../ui/dot.tsx'

const STATES: Readonly<
  Record<TradingState['state'], { readonly word: string; readonly tone: Tone; readonly about: string }>
> = {
  active: { word: 'Active', tone: 'good', about: 'Orders may be sent.' },
  reducing: {
    word: 'Reducing',
    tone: 'warn',
    about: 'Only orders that make a position smaller may be sent.',
  },
  halted: { word: 'Halted', tone: 'bad', about: 'No new orders; cancels and exits work.' },
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
        'flex items-center gap-1.5 whitespace-nowrap',
        trading.state === 'halted' && 'rounded-sm bg-bad px-1.5 font-semibold text-surface',
      )}
    >
      {trading.state !== 'halted' && <Dot tone={tone} />}
      {word}
    </div>
  )
}
