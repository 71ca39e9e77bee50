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
      ? { tone: 'done', text: 'The live account is disarmed.' }
      : { tone: 'failed', text: `Not disarmed. ${describeFault(answer.error)}` },
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
      className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 bg-live px-3 py-0.5 font-medium text-app"
    >
      <BoltIcon className="size-4 shrink-0" aria-hidden />
      <p>Real money.</p>
      <p className="grow">
        {armedUntil === undefined
          ? 'Not armed: only exits are sent. Arm it in the order ticket.'
          : `Armed: lapses in ${left}.`}
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
