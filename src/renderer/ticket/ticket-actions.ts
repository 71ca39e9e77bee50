import { isClosed, type OrderSide, type OrderView } from '#shared/trading/order'
import type { TicketStart } from '#shared/ticket-start'
import type { StockSymbol } from '#shared/units'
import { cancelAll, cancelOrder, describeCancelAll } from '../stores/cancels.ts'
import { useSelection } from '../stores/selection.ts'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { isTicketWindow, passToTicketWindow, showTicket, useTicketRequest } from '../stores/ticket-place.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { MOST_TEMPLATES, type BracketTemplate } from '../stores/ticket-setup.ts'
import { useTrading } from '../stores/trading.ts'
import type { Action } from '../app/screen.ts'
import { orderTitle } from '../ui/describe-order.ts'
import { describeFault } from '../ui/faults.ts'
import { focusField, isInTicket, returnFocus } from './focus.ts'
import { breakEvenStop } from './break-even-stop.ts'
import { orderAgain } from './order-again.ts'
import { staged, withChange, type Approach } from './staging.ts'
import { withTemplate } from './templates.ts'
import { BLANK_FORM } from './ticket-form.ts'
import { editForm, positionOf, rowOf, symbolOf, tellTicket, useTicket } from './ticket-store.ts'

/** The symbol that a trading key acts on: the ticket's while the focus is in it, else the selected one. */
function symbolMeant(): StockSymbol | undefined {
  const own = symbolOf(useTicket.getState().form)
  return isInTicket() ? own : (useSelection.getState().symbol ?? own)
}

function begin(side: OrderSide, approach: Approach, symbol: StockSymbol | undefined): void {
  const { form } = useTicket.getState()
  const [preset = ''] = useTicketPreferences.getState().presets
  const facts = { side, approach, row: rowOf(symbol), position: positionOf(symbol), preset }
  tellTicket({ kind: 'staged', form: staged(symbol ?? '', form, facts) })
}

/** Fills an empty ticket with the selected symbol; the focus stays where it is. */
export function takeSelected(): void {
  const { symbol } = useSelection.getState()
  if (useTicket.getState().form.symbol === '' && symbol !== undefined) begin('buy', 'join', symbol)
}

/** Starts an order in the ticket of this window, with a bracket if one is named. Nothing is sent. */
export function stageHere(
  side: OrderSide,
  approach: Approach,
  symbol: StockSymbol | undefined,
  template?: BracketTemplate,
): void {
  begin(side, approach, symbol)
  if (template) editForm((form) => withTemplate(form, template))
  show(symbol === undefined ? 'symbol' : 'quantity')
}

/** Shows the ticket of this window, with the focus in a field. */
function show(field: Parameters<typeof focusField>[0]): void {
  if (!isTicketWindow()) useTicketPreferences.setState({ open: true })
  focusField(field)
}

/** Begins this order in the ticket of this window. Nothing is sent. */
export function beginHere(start: TicketStart): void {
  if ('again' in start) return stageAgain(start.again)
  if ('breakEven' in start) return stageBreakEven(start.breakEven)
  const { symbol, side, approach, template } = start
  const { templates } = useTicketPreferences.getState()
  stageHere(side, approach, symbol, template === undefined ? undefined : templates[template - 1])
}

/** Follows what other parts of this window ask the ticket to begin, once `showScreen` has shown its place. */
export const followTicketRequests = (showScreen: () => void): (() => void) =>
  useTicketRequest.subscribe(({ start }) => {
    if (!start) return
    showScreen()
    beginHere(start)
  })

/** Starts an order for a symbol in the one ticket there is, and shows it. Nothing is sent. */
export async function stage(side: OrderSide, approach: Approach, symbol = symbolMeant()): Promise<void> {
  if (!(await passedOn(side, approach, symbol))) stageHere(side, approach, symbol)
}

/** Whether the ticket's own window took the order over. */
async function passedOn(
  side: OrderSide,
  approach: Approach,
  symbol: StockSymbol | undefined,
  template?: number,
): Promise<boolean> {
  if (isTicketWindow()) return false
  const numbered = template === undefined ? {} : { template }
  return passToTicketWindow(symbol && { symbol, side, approach, ...numbered })
}

/** Adds a template's bracket to the order in sight, or to a new one to buy the selected symbol. Nothing is sent. */
export async function applyTemplate(number: number): Promise<void> {
  const template = useTicketPreferences.getState().templates[number - 1]
  if (!template) {
    return tell({ tone: 'failed', text: `No bracket template ${number}. Add one in Settings.` })
  }
  const symbol = symbolMeant()
  const { form, step } = useTicket.getState()
  const isInSight = isTicketWindow() || useTicketPreferences.getState().open
  if (isInSight && symbolOf(form) === symbol) {
    if (step === 'review') tellTicket({ kind: 'back' })
    return editForm((now) => withTemplate(now, template))
  }
  if (!(await passedOn('buy', 'join', symbol, number))) stageHere('buy', 'join', symbol, template)
}

/** Closes the ticket; the focus returns to where it was. */
export function closeTicket(): void {
  const had = isInTicket()
  useTicketPreferences.setState({ open: false })
  if (had) returnFocus()
}

async function toggleTicket(): Promise<void> {
  if (useTicketPreferences.getState().open) closeTicket()
  else await showTicket()
}

/** Fills in the selected symbol and focuses the first field that is left to fill in. */
export function beginFilling(): void {
  takeSelected()
  focusField(useTicket.getState().form.symbol === '' ? 'symbol' : 'quantity')
}

/** Opens the ticket in its own window. */
export async function openTicketWindow(): Promise<void> {
  const { form } = useTicket.getState()
  const symbol = symbolOf(form)
  const start = symbol && { symbol, side: form.side, approach: 'join' as const }
  const answer = await ask(signal().app.openTicket(start ? { start } : {}))
  if (answer.ok) closeTicket()
  else tell({ tone: 'failed', text: describeFault(answer.error) })
}

/** Puts the rest of a closed order into the ticket, or all of a filled one, with all its terms. */
function stageAgain(orderId: string): void {
  const { orders = [] } = useTrading.getState().trading ?? {}
  const order = orders.find(({ id }) => id === orderId)
  if (!order) return tell({ tone: 'failed', text: 'That order is no longer listed. Enter it in the ticket.' })
  const again = orderAgain(order, orders)
  const otoExit = again.draft.takeProfit ? 'target' : 'stop'
  tellTicket({ kind: 'staged', form: { ...withChange(BLANK_FORM, again.draft), otoExit } })
  show('quantity')
  if (again.missing !== undefined) tell({ tone: 'warning', text: again.missing })
}

/** Puts a stop at a position's average price into the ticket. */
function stageBreakEven(symbol: StockSymbol): void {
  const position = positionOf(symbol)
  const draft = position && breakEvenStop(position)
  if (!draft)
    return tell({ tone: 'failed', text: `Average price of ${symbol} unknown. Enter a stop in the ticket.` })
  tellTicket({ kind: 'staged', form: withChange(BLANK_FORM, draft) })
  show('quantity')
}

/** Cancels the order with this id. */
export function cancelById(id: string): void {
  const order = useTrading.getState().trading?.orders.find((one) => one.id === id)
  if (order) void cancelOrder(order)
}

/** The last open order sent from Signal. */
function lastOrder(): OrderView | undefined {
  const { orders = [] } = useTrading.getState().trading ?? {}
  const mine = orders.filter(
    (order) => order.origin === 'signal' && order.parentId === undefined && !isClosed(order),
  )
  return [...mine].sort((a, b) => b.requestedAt - a.requestedAt)[0]
}

async function cancelLast(): Promise<void> {
  const last = lastOrder()
  if (!last) return tell({ tone: 'done', text: 'No open orders.' })
  await cancelOrder(last)
}

async function cancelSymbol(): Promise<void> {
  const symbol = symbolMeant()
  if (symbol === undefined) return tell({ tone: 'failed', text: 'Select a symbol first.', staysMs: 8_000 })
  await cancelAll(symbol)
}

/** Order actions available on every screen. */
export const TRADE_ACTIONS: readonly Action[] = [
  { id: 'buy', label: 'Buy bid (join)', keys: 'Alt+B', run: () => void stage('buy', 'join') },
  { id: 'sell', label: 'Sell ask (join)', keys: 'Alt+S', run: () => void stage('sell', 'join') },
  {
    id: 'buy-cross',
    label: 'Buy ask (limit +$0.05)',
    keys: 'Alt+Shift+B',
    run: () => void stage('buy', 'cross'),
  },
  {
    id: 'sell-cross',
    label: 'Sell bid (limit −$0.05)',
    keys: 'Alt+Shift+S',
    run: () => void stage('sell', 'cross'),
  },
  {
    id: 'cancel-last',
    label: 'Cancel last order',
    keys: 'Alt+X',
    run: () => void cancelLast(),
    confirm: {
      describe: () => {
        const last = lastOrder()
        return `cancel ${last ? orderTitle(last) : 'the last order'}.`
      },
      run: () => void cancelLast(),
    },
  },
  {
    id: 'cancel-symbol',
    label: 'Cancel all in symbol',
    keys: 'Alt+Shift+X',
    run: () => void cancelSymbol(),
    confirm: {
      describe: () => {
        const symbol = symbolMeant()
        return symbol === undefined ? 'cancel: select a symbol first.' : `${describeCancelAll(symbol)}.`
      },
      run: () => void cancelSymbol(),
    },
  },
]

/** Keys of the bracket templates, by their numbers. */
export const templateKeys = (number: number): string => `Alt+Shift+${number}`

/** Actions that add a bracket to an order. */
export const TEMPLATE_ACTIONS: readonly Action[] = Array.from({ length: MOST_TEMPLATES }, (_, at) => ({
  id: `template-${at + 1}`,
  label: `Bracket template ${at + 1}`,
  keys: templateKeys(at + 1),
  run: () => void applyTemplate(at + 1),
}))

/** Actions that show the ticket beside a screen. */
export const PANEL_ACTIONS: readonly Action[] = [
  { id: 'ticket', label: 'Toggle order ticket', keys: 'Alt+O', run: () => void toggleTicket() },
  {
    id: 'ticket-window',
    label: 'Open order ticket in its own window',
    keys: 'Alt+W',
    run: () => void openTicketWindow(),
  },
]
