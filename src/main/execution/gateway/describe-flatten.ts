import { counted } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { FlattenResult } from '#shared/ipc/contract'
import type { Listing, Position } from '#alpaca'
import { stockOf } from '../reconciliation/exchange-order.ts'

/** What a flatten requested, and what came of it. */
export interface Flattened {
  /** How many orders it asked to cancel, and how many of them the exchange has canceled: the others may have filled. */
  readonly asked: number
  readonly canceled: number
  /** How many orders it sent to close positions, and how many positions they made smaller. */
  readonly sent: number
  readonly closed: number
  /** Why closing orders were not sent, in sentences. */
  readonly refused: readonly string[]
}

/** What keeps an account from being flat. */
export interface Left {
  /** What the exchange still holds; absent if it does not say. */
  readonly positions?: Listing<Position>
  /** Orders that may still open or close something, by name: nobody knows yet whether they arrived. */
  readonly unanswered: readonly string[]
  /** Orders that are open, by name, apart from those that close positions. */
  readonly open: readonly string[]
  /** Symbols in which an order that closes the position is open. */
  readonly closing: ReadonlySet<string>
  /** Symbols whose rest the flatten closes once the exchange has canceled what is open. */
  readonly later: readonly string[]
  /** Whether Signal's record of its orders could be read: otherwise one may be on its way that nobody knows of. */
  readonly isRecordRead: boolean
}

/** Whether nothing is held, and nothing is on its way that could change that. */
export const isFlat = ({ positions, unanswered, open, isRecordRead }: Left): boolean =>
  isRecordRead &&
  positions?.rows.length === 0 &&
  positions.unreadable.length === 0 &&
  unanswered.length === 0 &&
  open.length === 0

/** The result of a flatten as a sentence. */
export function describeFlatten(flattened: Flattened, left: Left): FlattenResult {
  const { asked, canceled, sent, closed } = flattened
  if (isFlat(left)) {
    const done = `Canceled ${counted(canceled, 'order')} and closed ${counted(closed, 'position')}`
    const isNothing = asked + sent === 0
    return {
      isFlat: true,
      sentence: isNothing ? 'Nothing to close. Already flat.' : `${done}. Confirmed flat.`,
    }
  }
  const sentences = [...describeHeld(flattened, left), ...describeOrders(left)]
  return { isFlat: false, sentence: sentences.join(' ') }
}

function describeHeld({ canceled, sent, refused }: Flattened, left: Left): readonly string[] {
  const orders = counted(canceled, 'order')
  if (left.positions === undefined)
    return [
      `Canceled ${orders} and sent ${counted(sent, 'closing order')}; what’s left is unknown. Check your account at Alpaca.`,
    ]
  const { rows, unreadable } = left.positions
  if (rows.length + unreadable.length === 0)
    return [`Canceled ${orders}. No positions at Alpaca, but not confirmed flat yet.`]
  const held = [...rows.map(describePosition), ...unreadable.map(({ of }) => of)].join(', ')
  return [
    `Canceled ${orders}. Still holding ${held}.`,
    ...describeClosing(refused, rows, left),
    ...unreadable.map(
      ({ of, problem }) => `Alpaca’s row for ${of} is unreadable (${problem}); close it in Alpaca.`,
    ),
  ]
}

/** What becomes of the positions that are left. */
function describeClosing(
  refused: readonly string[],
  rows: readonly Position[],
  { closing, open, unanswered }: Left,
): readonly string[] {
  const others = rows.filter((position) => stockOf(position) === undefined).map(({ symbol }) => symbol)
  const stocks = rows.filter((position) => stockOf(position) !== undefined).map(({ symbol }) => symbol)
  const underway = stocks.filter((symbol) => closing.has(symbol))
  const waiting = stocks.filter((symbol) => !closing.has(symbol))
  const what = waiting.length === 0 ? '' : ` for ${underway.join(', ')}`
  const isExplained = refused.length + open.length + unanswered.length > 0
  return [
    ...(underway.length > 0 ? [`Closing orders${what} are working; see Orders.`] : []),
    ...refused,
    ...(waiting.length > 0 && !isExplained
      ? [`No closing order working for ${waiting.join(', ')}; flatten again.`]
      : []),
    ...(others.length > 0 ? [`Signal only closes stocks; close ${others.join(', ')} in Alpaca.`] : []),
  ]
}

const describeOrders = ({ unanswered, open, later, isRecordRead }: Left): readonly string[] => [
  ...(isRecordRead ? [] : ['Order log unreadable; an earlier order may still be on its way.']),
  ...(unanswered.length > 0
    ? [`Unconfirmed: ${unanswered.join(', ')}. Canceled or closed as soon as found.`]
    : []),
  ...(open.length > 0 ? [`Not canceled yet: ${open.join(', ')}.`] : []),
  ...(later.length > 0 ? [`What’s left in ${later.join(', ')} is closed after that.`] : []),
]

const describePosition = ({ symbol, qty }: Position): string =>
  `${formatShares(qty.abs())} ${symbol}${qty.isNegative() ? ' short' : ''}`
