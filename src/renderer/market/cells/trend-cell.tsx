import { memo, useEffect, useRef } from 'react'
import type { Sparkline } from '#shared/market'
import type { StockSymbol } from '#shared/units'
import { useAppearance } from '../../stores/appearance.ts'
import { useMarket } from '../../stores/market.ts'
import { afterPaint } from '../../ui/after-paint.ts'
import { describeTrend } from '../describe-trend.ts'
import { Unknown } from '../../ui/figure.tsx'

/** Size on screen, px. */
const WIDTH = 92
const HEIGHT = 22

/** The last hour as a line; redrawn when a bar arrives, not with every quote. */
export const TrendCell = memo(function TrendCell({ symbol }: { readonly symbol: StockSymbol }) {
  const line = useMarket(({ sparklines }) => sparklines.get(symbol))
  const appearance = useAppearance(({ theme, palette }) => `${theme} ${palette}`)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const shown = canvas.current
    return line && shown ? afterPaint(() => draw(shown, line)) : undefined
  }, [line, appearance])
  if (!line || line.closes.length < 2) return <Unknown />
  return (
    <>
      <canvas ref={canvas} aria-hidden className="h-5.5 w-23" />
      <span className="sr-only">{describeTrend(line)}</span>
    </>
  )
})

type Inks = Readonly<Record<'up' | 'down' | 'soft' | 'control', string>>

let inks: Inks | undefined

/**
 * The theme's colors, read once for all lines that are drawn together: a read after a line was drawn has the browser
 * compute the styles of the page again.
 */
function inksNow(): Inks {
  if (inks) return inks
  const style = getComputedStyle(document.documentElement)
  const color = (name: keyof Inks) => style.getPropertyValue(`--${name}`)
  queueMicrotask(() => (inks = undefined))
  inks = { up: color('up'), down: color('down'), soft: color('soft'), control: color('control') }
  return inks
}

function draw(canvas: HTMLCanvasElement, { closes, previousClose }: Sparkline): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  canvas.width = WIDTH * devicePixelRatio
  canvas.height = HEIGHT * devicePixelRatio
  pen.scale(devicePixelRatio, devicePixelRatio)

  const values = closes.map(({ close }) => Number(close)) // pixels, not prices: a float is exact enough
  const base = previousClose === undefined ? undefined : Number(previousClose)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const range = high - low || 1
  const x = (index: number) => 1 + (index / (values.length - 1)) * (WIDTH - 3)
  const y = (value: number) => 2 + (1 - (value - low) / range) * (HEIGHT - 4)
  const colors = inksNow()

  if (base !== undefined && base >= low && base <= high) {
    pen.strokeStyle = colors.control
    pen.lineWidth = 1
    pen.setLineDash([2, 2])
    const level = Math.round(y(base)) + 0.5
    pen.beginPath()
    pen.moveTo(0, level)
    pen.lineTo(WIDTH, level)
    pen.stroke()
    pen.setLineDash([])
  }

  const last = values.at(-1) ?? 0
  const from = base ?? values[0] ?? 0
  const end = colors[last > from ? 'up' : last < from ? 'down' : 'soft']
  pen.strokeStyle = end
  pen.fillStyle = end
  pen.lineWidth = 1.25
  pen.lineJoin = 'round'
  pen.beginPath()
  values.forEach((value, index) => pen.lineTo(x(index), y(value)))
  pen.stroke()
  pen.beginPath()
  pen.arc(x(values.length - 1), y(last), 1.75, 0, 2 * Math.PI)
  pen.fill()
}
