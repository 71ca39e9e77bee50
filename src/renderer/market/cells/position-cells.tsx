import { formatSigned } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { StockSymbol } from '#shared/units'
import { usePosition, useIsAccountKnown } from '../../stores/positions.ts'
import { Unknown } from '../../ui/figure.tsx'
import { signLook } from '../../ui/sign-look.ts'

interface Props {
  readonly symbol: StockSymbol
}

/** Nothing if the account holds none of the symbol; a dash while it is not known what it holds. */
function Flat() {
  return useIsAccountKnown() ? null : <Unknown />
}

/** Shares held, negative while short. */
export function PositionCell({ symbol }: Props) {
  const quantity = usePosition(symbol, (position) => position.quantity)
  return quantity === undefined ? <Flat /> : <span>{formatShares(quantity)}</span>
}

/** Profit or loss against the average price. */
export function PnlCell({ symbol }: Props) {
  const isHeld = usePosition(symbol, () => true) ?? false
  const pnl = usePosition(symbol, ({ totalPnl }) => totalPnl)
  if (pnl !== undefined) return <span className={signLook(pnl)}>{formatSigned(pnl, 2)}</span>
  return isHeld ? <Unknown /> : <Flat />
}
