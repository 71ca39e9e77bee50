import { BoltIcon } from '@heroicons/react/16/solid'
import { useClock } from '../stores/clock.ts'
import { useSettings } from '../stores/settings.ts'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { describeFault } from '../ui/faults.ts'
import { duration } from '../ui/times.ts'

async function disarm(): Promise<void> {
  const answer = await ask(signal().trading.disarm())
  tell(
    answer.ok
      ? { tone: 'done', text: 'Live trading disarmed.' }
      : { tone: 'failed', text: `Disarm failed: ${describeFault(answer.error)}` },
  )
}

/**
 * A bar across the window that says this is real money and how long it stays armed, with a button to disarm.
 */
export function LiveBar() {
  const mode = useSettings(({ view }) => view?.settings.mode)
  const armedUntil = useTrading(({ trading }) => trading?.trading.armedUntil)
  const left = useClock(({ now }) => (armedUntil === undefined ? '' : duration(armedUntil - now)))
  if (mode !== 'live') return null
  return (
    <section
      aria-label="Live account"
      className="flex h-8 shrink-0 items-center gap-x-3 bg-live px-3 font-medium whitespace-nowrap text-app"
    >
      <BoltIcon className="size-4 shrink-0" aria-hidden />
      <p>LIVE account</p>
      <p className="min-w-0 grow truncate">
        {armedUntil === undefined
          ? 'Not armed: exits only. Arm in the order ticket.'
          : `Armed, expires in ${left}.`}
      </p>
      {armedUntil !== undefined && (
        <Button
          className="h-6! border-app! bg-transparent! px-2! text-xs! text-app!"
          onClick={() => void disarm()}
        >
          Disarm
        </Button>
      )}
    </section>
  )
}
