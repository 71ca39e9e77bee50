import { LockOpenIcon, NoSymbolIcon } from '@heroicons/react/16/solid'
import { alarm } from '../stores/announcer.ts'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { describeTradingError } from '../stores/trading-calls.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { PressTwice } from '../ui/press-twice.tsx'
import { toggleOverlay } from './navigation.ts'

const AGAIN = 'Press again at once: nothing is sent any more then, but cancels.'

/** Ends all sending but cancels. */
async function haltNow(): Promise<void> {
  const answer = await ask(signal().trading.halt())
  if (!answer.ok) return tell({ tone: 'failed', text: `Not halted. ${describeTradingError(answer.error)}` })
  alarm('Trading is halted. Nothing is sent any more but cancels.')
}

/** Halts all trading by two presses; while it is halted, leads to the release. */
export function KillSwitch() {
  const isHalted = useTrading(({ trading }) => trading?.trading.state === 'halted')
  const isKnown = useTrading(({ trading }) => trading !== undefined)
  if (isHalted) {
    return (
      <Button look="danger" className="h-7! px-2.5! text-xs!" onClick={() => toggleOverlay('release')}>
        <LockOpenIcon className="size-3.5" aria-hidden />
        Release
      </Button>
    )
  }
  return (
    <PressTwice
      again="Press again to halt"
      onFirst={() => alarm(AGAIN)}
      onConfirm={() => void haltNow()}
      disabled={!isKnown}
      title="Ends all sending but cancels: press twice, or hold. Release takes a minute."
      className="h-7! px-2.5! text-xs!"
    >
      <NoSymbolIcon className="size-3.5" aria-hidden />
      Kill switch
    </PressTwice>
  )
}
