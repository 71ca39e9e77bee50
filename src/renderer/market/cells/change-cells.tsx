import { signedPercent } from '#shared/format/percent'
import type { StockSymbol } from '#shared/units'
import { Unknown } from '../../ui/figure.tsx'
import { shownChange } from '../../ui/numerals.ts'
import { signLook } from '../../ui/sign-look.ts'
import { isDoubtful } from '../describe-freshness.ts'
import { useRowFact } from '../use-row.ts'

interface Props {
  readonly symbol: StockSymbol
}

/** Change since the previous close, in dollars. */
export function NetCell({ symbol }: Props) {
  const text = useRowFact(symbol, (row) =>
    row.change === undefined ? undefined : shownChange(row.change, row.last ?? row.price ?? 1),
  )
  const change = useRowFact(symbol, (row) => row.change)
  return <Signed symbol={symbol} amount={change} text={text} />
}

/** Change since the previous close, in percent. */
export function ChangeCell({ symbol }: Props) {
  const percent = useRowFact(symbol, ({ changePercent }) => changePercent)
  return <Signed symbol={symbol} amount={percent} text={percent && signedPercent(percent)} />
}

interface SignedProps extends Props {
  readonly amount: string | undefined
  readonly text: string | undefined
}

function Signed({ symbol, amount, text }: SignedProps) {
  const isTrusted = useRowFact(symbol, ({ freshness }) => !isDoubtful(freshness))
  if (amount === undefined || text === undefined) return <Unknown />
  return <span className={isTrusted ? signLook(amount) : undefined}>{text}</span>
}
