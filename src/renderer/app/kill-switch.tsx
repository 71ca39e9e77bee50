import { LockOpenIcon, NoSymbolIcon } from '@heroicons/react/16/solid'
import { alarm } from '../stores/announcer.ts'
import { isKillSwitchOn, useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { PressTwice } from '../ui/press-twice.tsx'
import { HALT_AGAIN, haltNow } from './emergency.ts'
import { toggleOverlay } from './navigation.ts'

/** Blocks new orders after two presses; while they are blocked, opens the dialog that turns it off. */
export function KillSwitch() {
  const isHalted = useTrading(({ trading }) => isKillSwitchOn(trading?.trading))
  const isKnown = useTrading(({ trading }) => trading !== undefined)
  if (isHalted) {
    return (
      <Button look="danger" className="h-7! px-2.5! text-xs!" onClick={() => toggleOverlay('release')}>
        <LockOpenIcon className="size-3.5" aria-hidden />
        Turn off kill switch
      </Button>
    )
  }
  return (
    <PressTwice
      again="Press again to block orders"
      onFirst={() => alarm(HALT_AGAIN)}
      onConfirm={() => void haltNow()}
      disabled={!isKnown}
      title="Blocks new orders; cancels and exits still work. Press twice or hold (F8 F8). Can be turned off after 1 minute."
      className="h-7! px-2.5! text-xs!"
    >
      <NoSymbolIcon className="size-3.5" aria-hidden />
      Kill switch
      <span className="max-sm:hidden">
        <Keys keys="F8" />
      </span>
    </PressTwice>
  )
}
