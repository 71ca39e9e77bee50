import { useEffect, useMemo } from 'react'
import { EVERYWHERE } from '../app/actions.ts'
import { CommandPalette } from '../app/command-palette.tsx'
import { ConnectionStatus } from '../app/connection-status.tsx'
import { HostBar } from '../app/host-bar.tsx'
import { KeysDialog } from '../app/keys-dialog.tsx'
import { LiveRegions } from '../app/live-regions.tsx'
import { useNavigation } from '../app/navigation.ts'
import { StartView } from '../app/start-view.tsx'
import { Toaster } from '../app/toaster.tsx'
import { useKeys } from '../app/use-keys.ts'
import type { Mode } from '#shared/settings'
import { readTicketHash, ticketHash } from '#shared/ticket-start'
import { useStart } from '../stores/follow-main.ts'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { describeAccount } from './describe-account.ts'
import { TICKET_KEYS_LIST } from './keys.ts'
import { beginHere, TEMPLATE_ACTIONS, TRADE_ACTIONS } from './ticket-actions.ts'
import { Ticket } from './ticket.tsx'
import { symbolOf, useTicket } from './ticket-store.ts'
import { useMode } from './use-mode.ts'

/** Begins the order that the address names, and removes it there, so that the same one can be requested again. */
function takeAddress(): void {
  const { start } = readTicketHash(location.hash) ?? {}
  if (!start) return
  history.replaceState(undefined, '', `#${ticketHash(undefined)}`)
  beginHere(start)
}

/** A window with only the order ticket. */
export function TicketWindow() {
  const start = useStart((state) => state.start)
  const isReady = start.kind === 'ready'
  const overlay = useNavigation((navigation) => navigation.overlay)
  const actions = useMemo(() => [...TRADE_ACTIONS, ...TEMPLATE_ACTIONS, ...EVERYWHERE], [])
  useKeys(actions)
  const mode = useMode()
  useTitle(mode)
  useEffect(() => {
    if (!isReady) return undefined
    takeAddress()
    addEventListener('hashchange', takeAddress)
    return () => removeEventListener('hashchange', takeAddress)
  }, [isReady])
  return (
    <div className={classNames('flex h-full min-h-0 flex-col', mode === 'live' && 'border-4 border-live')}>
      <HostBar />
      <main className="min-h-0 grow">
        <h1 className="sr-only">Order ticket window</h1>
        {start.kind === 'ready' ? <Ticket place="window" /> : <StartView start={start} />}
      </main>
      <footer className="flex min-h-7 shrink-0 items-center gap-3 border-t border-line bg-surface px-3 text-xs">
        <ConnectionStatus />
      </footer>
      <Toaster />
      <LiveRegions />
      {overlay === 'palette' && <CommandPalette actions={actions} />}
      {overlay === 'keys' && <KeysDialog actions={actions} more={[TICKET_KEYS_LIST]} />}
    </div>
  )
}

/** Sets the window title, mode first, so that windows can be told apart. */
function useTitle(mode: Mode): void {
  const endsWith = useTrading(({ trading }) => trading?.account?.endsWith)
  const symbol = useTicket(({ form }) => symbolOf(form))
  useEffect(() => {
    document.title = [
      describeAccount(mode, endsWith),
      `Order ticket${symbol ? ` ${symbol}` : ''}`,
      'Signal',
    ].join(' · ')
  }, [mode, endsWith, symbol])
}
