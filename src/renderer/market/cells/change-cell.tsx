import { signedPercent } from '#shared/format/percent'
import type { StockSymbol } from '#shared/units'
import { isDoubtful } from '../describe-freshness.ts'
import { useRowFact } from '../use-row.ts'
import { Unknown } from '../../ui/figure.tsx'
import { signLook } from '../../ui/sign-look.ts'

/** Change since the previous close, in percent. */
export function ChangeCell({ symbol }: { readonly symbol: StockSymbol }) {
  const percent = useRowFact(symbol, ({ changePercent }) => changePercent)
  const isTrusted = useRowFact(symbol, ({ freshness }) => !isDoubtful(freshness))
  if (percent === undefined) return <Unknown />
  return <span className={isTrusted ? signLook(percent) : undefined}>{signedPercent(percent)}</span>
}
