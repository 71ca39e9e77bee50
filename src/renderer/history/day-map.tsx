import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Coverage, CoverageDay } from '#shared/history'
import { useAppearance } from '../stores/appearance.ts'
import { useWidth } from '../ui/use-width.ts'
import { describeDay } from './describe-coverage.ts'
import { dayAfterKey, dayAt, layOut, type HeatMap } from './heat-map.ts'
import { paintHeatMap } from './paint-heat-map.ts'
import { useNearView } from './use-near-view.ts'

/**
 * The calendar of one symbol, one small square per day. The pointer and the arrow keys pick a day, which is
 * described in words; screen readers see a slider over the days.
 */
export const DayMap = memo(function DayMap({ symbol, days }: Pick<Coverage, 'symbol' | 'days'>) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const map = useMemo(() => layOut(days, width), [days, width])
  const [index, setIndex] = useState<number>()
  const day = index === undefined ? undefined : days[index]
  const last = days.length - 1

  const point = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) =>
    setIndex(dayAt(map, offsetX, offsetY))
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const next = dayAfterKey(event.key, index ?? last + (event.key === 'ArrowUp' ? 1 : 0), days.length)
    if (next === undefined) return
    event.preventDefault()
    setIndex(next)
  }

  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={`Days of ${symbol}`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={index ?? Math.max(0, last)}
      aria-valuetext={describeDay(day ?? days[last] ?? NO_DAY)}
      onKeyDown={press}
      onPointerMove={point}
      onPointerLeave={() => setIndex(undefined)}
      onBlur={() => setIndex(undefined)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && setIndex((at) => at ?? last)}
      className="relative rounded-sm outline-offset-4"
      style={{ height: map.height }}
    >
      <Days map={map} days={days} />
      {day && index !== undefined && <InspectedDay map={map} index={index} text={describeDay(day)} />}
    </div>
  )
})

const NO_DAY: CoverageDay = { day: '1970-01-05', expected: 0, present: 0, loaded: true, nothingThere: false }

/** The canvas exists only near the view: a few hundred symbols would not fit in memory otherwise. */
function Days({ map, days }: { readonly map: HeatMap; readonly days: readonly CoverageDay[] }) {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const isNear = useNearView(box)
  const theme = useAppearance((appearance) => appearance.theme)
  useEffect(() => {
    if (isNear && canvas.current) paintHeatMap(canvas.current, map, days)
  }, [isNear, map, days, theme])
  return (
    <div ref={box} className="pointer-events-none absolute inset-0">
      {isNear && (
        <canvas ref={canvas} aria-hidden style={{ width: map.width, height: map.height }} className="block" />
      )}
    </div>
  )
}

interface InspectedDayProps {
  readonly map: HeatMap
  readonly index: number
  readonly text: string
}

/** Width of a day's description, px. */
const WORDS_WIDTH = 300

function InspectedDay({ map: { places, cell, width }, index, text }: InspectedDayProps) {
  const { x, y } = places[index] ?? { x: 0, y: 0 }
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute rounded-[1px] outline-2 outline-ink"
        style={{ left: x, top: y, width: cell - 1, height: cell - 1 }}
      />
      <p
        aria-hidden
        data-testid="day-words"
        className="pointer-events-none absolute z-10 max-w-full rounded-md bg-raised px-2 py-1 text-xs shadow-float"
        style={{
          left: Math.max(0, Math.min(x, Math.max(width, WORDS_WIDTH) - WORDS_WIDTH)),
          top: y + cell + 6,
        }}
      >
        {text}
      </p>
    </>
  )
}
