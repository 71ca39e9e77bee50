import { counted } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { FlattenResult } from '#shared/ipc/contract'
import type { Listing, Position } from '#alpaca'
import { stockOf } from '../reconciliation/exchange-order.ts'

/** What a flatten requested. */
export interface Flattened {
  readonly canceled: number
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
export function describeFlatten({ canceled, closed, refused }: Flattened, left: Left): FlattenResult {
  const orders = counted(canceled, 'order')
  const done = `Canceled ${orders} and closed ${counted(closed, 'position')}`
  if (isFlat(left)) {
    const isNothing = canceled + closed === 0
    return {
      isFlat: true,
      sentence: isNothing
        ? 'There was nothing to cancel or to close. The exchange says you are flat.'
        : `${done}. The exchange says you are flat.`,
    }
  }
  const sentences = [...describeHeld(orders, closed, refused, left), ...describeOrders(left)]
  return { isFlat: false, sentence: sentences.join(' ') }
}

function describeHeld(
  orders: string,
  closed: number,
  refused: readonly string[],
  { positions }: Left,
): readonly string[] {
  if (positions === undefined)
    return [
      `Canceled ${orders} and sent ${counted(closed, 'order')} to close positions, but Alpaca does not say what is left. Look at your account in Alpaca’s app.`,
    ]
  const { rows, unreadable } = positions
  if (rows.length + unreadable.length === 0)
    return [`Canceled ${orders}, and the exchange holds no position, but you are not flat yet.`]
  const held = [...rows.map(describePosition), ...unreadable.map(({ of }) => of)].join(', ')
  return [`Canceled ${orders}, but the exchange still holds ${held}.`, ...whyLeft(refused, positions)]
}

function whyLeft(refused: readonly string[], { rows, unreadable }: Listing<Position>): readonly string[] {
  const others = rows.filter((position) => stockOf(position) === undefined).map(({ symbol }) => symbol)
  const areSent = refused.length === 0 && others.length < rows.length
  return [
    ...(areSent ? ['The orders to close them are working; look at Orders.'] : refused),
    ...(others.length > 0 ? [`Signal closes stocks alone: close ${others.join(', ')} in Alpaca’s app.`] : []),
    ...unreadable.map(
      ({ of, problem }) => `Alpaca’s row for ${of} cannot be read (${problem}): close it in Alpaca’s app.`,
    ),
  ]
}

const describeOrders = ({ unanswered, open, isRecordRead }: Left): readonly string[] => [
  ...(isRecordRead
    ? []
    : ['Signal cannot read its record, so it does not know whether an order of before is still on its way.']),
  ...(unanswered.length > 0
    ? [
        `It is not known yet whether the exchange has ${unanswered.join(', ')}. Signal cancels or closes it as soon as it shows.`,
      ]
    : []),
  ...(open.length > 0 ? [`The exchange has not canceled ${open.join(', ')} yet.`] : []),
]

const describePosition = ({ symbol, qty }: Position): string =>
  `${formatShares(qty.abs())} ${symbol}${qty.isNegative() ? ' short' : ''}`
