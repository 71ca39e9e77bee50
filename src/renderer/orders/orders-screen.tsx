import type { ReactNode } from 'react'
import { isClosed } from '#shared/trading/order'
import { flattenNow, flattenAgain } from '../app/emergency.ts'
import { alarm } from '../stores/announcer.ts'
import { cancelAll } from '../stores/cancels.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Keys } from '../ui/keys.tsx'
import { PressTwice } from '../ui/press-twice.tsx'
import { AccountStrip } from './account-strip.tsx'
import { ExchangePanel } from './exchange-panel.tsx'
import { Fills } from './fills.tsx'
import { showView, useLists, VIEWS, type View } from './lists.ts'
import { OrderHistory } from './order-history.tsx'
import { Positions } from './positions.tsx'
import { useIsAccountKnown } from './unknown-account.tsx'
import { WorkingOrders } from './working-orders.tsx'

const CONTENT: Readonly<Record<View, () => ReactNode>> = {
  orders: WorkingOrders,
  fills: Fills,
  history: OrderHistory,
  exchange: ExchangePanel,
}

/** The account with its positions, open orders, fills and history. */
export function OrdersScreen() {
  const view = useLists((lists) => lists.view)
  const Content = CONTENT[view]
  return (
    <div className="flex h-full min-h-0 flex-col low:overflow-y-auto">
      <AccountStrip />
      <section aria-label="Positions" className="flex max-h-2/5 shrink-0 flex-col low:max-h-60">
        <PositionsBar />
        <Positions />
      </section>
      <section
        aria-label="Orders"
        className="flex min-h-0 grow flex-col border-t border-line low:min-h-72 low:shrink-0"
      >
        <ViewBar view={view} />
        <div
          role="tabpanel"
          id="orders-panel"
          aria-labelledby={`orders-tab-${view}`}
          className="flex min-h-0 grow flex-col"
        >
          <Content />
        </div>
      </section>
    </div>
  )
}

function PositionsBar() {
  const count = useTrading(({ trading }) => trading?.positions.length ?? 0)
  const isKnown = useIsAccountKnown()
  return (
    <div className="flex h-9 shrink-0 items-center justify-between gap-2 border-b border-line bg-surface px-3">
      <h2 className="font-semibold">
        Positions <span className="font-normal text-muted">{isKnown || count > 0 ? count : '?'}</span>
      </h2>
      <PressTwice
        again="Press again to flatten"
        onFirst={() => alarm(flattenAgain())}
        onConfirm={() => void flattenNow()}
        title="Cancel all orders and close all positions: press twice, or hold (F6 F6)"
        className="h-7! px-2.5! text-xs!"
      >
        Flatten all
        <span className="max-sm:hidden">
          <Keys keys="F6" />
        </span>
      </PressTwice>
    </div>
  )
}

const NAMES: Readonly<Record<View, ReactNode>> = {
  orders: 'Orders',
  fills: 'Fills',
  history: 'History',
  exchange: (
    <>
      Reconcile<span className="max-sm:sr-only"> with Alpaca</span>
    </>
  ),
}

function ViewBar({ view }: { readonly view: View }) {
  const working = useTrading(({ trading }) => trading?.orders.filter((order) => !isClosed(order)).length ?? 0)
  const isKnown = useIsAccountKnown()
  const differs = useTrading(({ trading }) => trading?.reconciliation.state === 'differs')
  return (
    <div className="flex h-9 shrink-0 items-center justify-between gap-2 border-b border-line bg-surface pr-3 pl-1">
      <div
        role="tablist"
        aria-label="Orders"
        className="relative flex h-full min-w-0 overflow-x-auto overflow-y-hidden [scrollbar-width:none]"
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
          const next =
            step === 0 ? undefined : VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length]
          if (next === undefined) return
          event.preventDefault()
          showView(next)
          document.getElementById(`orders-tab-${next}`)?.focus()
        }}
      >
        {VIEWS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`orders-tab-${one}`}
            aria-selected={one === view}
            aria-controls="orders-panel"
            tabIndex={one === view ? 0 : -1}
            onClick={() => showView(one)}
            className={classNames(
              'h-full px-2 whitespace-nowrap -outline-offset-2 sm:px-3',
              one === view
                ? 'font-semibold text-ink shadow-[inset_0_-2px_var(--accent)]'
                : 'text-muted hover:text-ink',
            )}
          >
            {NAMES[one]}
            {one === 'orders' && (
              <span className="font-normal text-muted"> {isKnown || working > 0 ? working : '?'}</span>
            )}
            {one === 'exchange' && differs && (
              <span className="ml-1 rounded-xs bg-bad px-1 text-2xs font-bold text-surface">mismatch</span>
            )}
          </button>
        ))}
      </div>
      <Button
        look="danger"
        title="Cancel all open orders (F7)"
        className="h-7! px-2.5! text-xs!"
        onClick={() => void cancelAll()}
      >
        Cancel all
        <span className="max-sm:hidden">
          <Keys keys="F7" />
        </span>
      </Button>
    </div>
  )
}
