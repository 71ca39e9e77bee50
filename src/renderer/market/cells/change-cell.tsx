import type { StockSymbol } from '#shared/units'
import { classNames } from '../../ui/class-names.ts'
import { formatSigned } from '../../ui/numerals.ts'
import { useRowFact } from '../use-row.ts'
import { Unknown } from './figure.tsx'
import { signLook } from './sign-look.ts'

/** Change since the previous close, in percent. */
export function ChangeCell({ symbol }: { readonly symbol: StockSymbol }) {
  const percent = useRowFact(symbol, ({ changePercent }) => changePercent)
  if (percent === undefined) return <Unknown />
  return <span className={classNames(signLook(percent))}>{formatSigned(percent, 2)}%</span>
}
