import { Tooltip } from 'radix-ui'
import { memo, useEffect, useState } from 'react'
import type { StockSymbol } from '#shared/units'
import { useClock } from '../../stores/clock.ts'
import { provenance, sourceLetter, sourceName } from '../provenance.ts'
import { useRow, useRowFact } from '../use-row.ts'

/** How long the pointer rests on a letter before its tooltip opens, ms. */
const DELAY_MS = 300

/**
 * The letter of a price's source; its tooltip shows the provenance. It renders only when the source changes, and its
 * tooltip only while the pointer is on it: one for each row would make the grid slow to open.
 */
export const SourceTag = memo(function SourceTag({ symbol }: { readonly symbol: StockSymbol }) {
  const source = useRowFact(symbol, ({ origin }) => origin?.source)
  const [isPointed, setPointed] = useState(false)
  if (!source) return null
  return (
    <span
      role="img"
      aria-label={`Source: ${sourceName(source)}`}
      onPointerEnter={({ pointerType }) => setPointed(pointerType !== 'touch')}
      onPointerLeave={() => setPointed(false)}
      className="relative w-3.5 shrink-0 rounded-xs bg-hover text-center text-[0.625rem] leading-3.5 font-semibold text-muted"
    >
      {sourceLetter(source)}
      {isPointed && <ProvenanceTip symbol={symbol} onClose={() => setPointed(false)} />}
    </span>
  )
})

interface TipProps {
  readonly symbol: StockSymbol
  readonly onClose: () => void
}

function ProvenanceTip({ symbol, onClose }: TipProps) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), DELAY_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Tooltip.Provider>
      <Tooltip.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
        <Tooltip.Trigger asChild>
          <span className="pointer-events-none absolute inset-0" />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            side="right"
            sideOffset={6}
            collisionPadding={8}
            className="z-30 max-w-80 rounded-md bg-raised px-3 py-2 text-xs text-ink shadow-float"
          >
            <ProvenanceList symbol={symbol} />
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}

function ProvenanceList({ symbol }: { readonly symbol: StockSymbol }) {
  const row = useRow(symbol)
  const now = useClock((clock) => clock.now)
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
      {row &&
        provenance(row, now).map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
