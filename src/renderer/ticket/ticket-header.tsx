import { ArrowTopRightOnSquareIcon, XMarkIcon } from '@heroicons/react/16/solid'
import type { Mode } from '#shared/settings'
import { ModeBadge } from '../app/mode-badge.tsx'
import { ask, signal } from '../stores/signal.ts'
import { useTrading } from '../stores/trading.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { minuteInZone } from '../ui/times.ts'
import { showArming } from './arming.ts'
import { closeTicket, openTicketWindow } from './ticket-actions.ts'
import { useMode } from './use-mode.ts'

const LOOKS: Record<Mode, string> = {
  demo: 'border-t-4 border-dashed border-muted',
  paper: 'border-t-4 border-paper',
  live: 'border-t-8 border-live bg-live/10',
}

/**
 * Shows whose money it is first; in the panel also the buttons to open it in its own window and to close it.
 */
export function TicketHeader({ place }: { readonly place: 'panel' | 'window' }) {
  const mode = useMode()
  const endsWith = useTrading(({ trading }) => trading?.account?.endsWith)
  return (
    <header className={classNames('flex flex-wrap items-center gap-x-2 gap-y-1 px-3 pt-2 pb-1', LOOKS[mode])}>
      <h2 className="text-base font-semibold">Order ticket</h2>
      <ModeBadge endsWith={endsWith} />
      <span className="grow" />
      {place === 'panel' && (
        <>
          <IconButton label="Open in own window (Alt+W)" onClick={() => void openTicketWindow()}>
            <ArrowTopRightOnSquareIcon className="size-4" />
          </IconButton>
          <IconButton label="Close ticket (Esc)" onClick={closeTicket}>
            <XMarkIcon className="size-4" />
          </IconButton>
        </>
      )}
      {mode === 'live' && <LiveLine />}
      {mode === 'paper' && <p className="w-full text-2xs text-muted">{PAPER_WORDS}</p>}
    </header>
  )
}

/** Source: Alpaca, "Paper trading", as of 2026-06. */
const PAPER_WORDS =
  'Paper: fills ignore market impact, queue position, slippage, price improvement, fees and dividends.'

function LiveLine() {
  const armedUntil = useTrading(({ trading }) => trading?.trading.armedUntil)
  return (
    <p className="flex w-full items-center justify-between gap-2 text-xs font-medium text-live">
      {armedUntil === undefined ? 'LIVE, not armed' : `LIVE, armed until ${minuteInZone(armedUntil)}`}
      {armedUntil === undefined ? (
        <Button look="danger" className="h-7! px-2! text-xs!" onClick={showArming}>
          Arm
        </Button>
      ) : (
        <Button className="h-7! px-2! text-xs!" onClick={() => void ask(signal().trading.disarm())}>
          Disarm
        </Button>
      )}
    </p>
  )
}
