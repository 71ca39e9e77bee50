import type { CoverageDay } from '#shared/history'
import { dayState } from './describe-coverage.ts'
import type { HeatMap } from './heat-map.ts'

/** Opacity of a loaded day's background, 0 to 1. */
const GROUND = 0.28
/** Opacity of the outline of a day that is not loaded, 0 to 1. */
const FRAME = 0.65

/**
 * Draws the days. A loaded day has a tinted background, filled from below by the share of its minutes that
 * are stored; a day that is not loaded is an empty outline. So shape says the same as color.
 */
export function paintHeatMap(canvas: HTMLCanvasElement, map: HeatMap, days: readonly CoverageDay[]): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  canvas.width = map.width * devicePixelRatio
  canvas.height = map.height * devicePixelRatio
  pen.scale(devicePixelRatio, devicePixelRatio)
  const style = getComputedStyle(canvas)
  const color = (name: string) => style.getPropertyValue(name)
  const [accent, warn, muted, control] = ['--accent', '--warn', '--muted', '--control'].map(color)

  pen.font = `10px ${style.fontFamily}`
  pen.fillStyle = muted ?? ''
  pen.textBaseline = 'top'
  for (const { x, y, text } of map.labels) pen.fillText(text, x, y + 1)

  const size = map.cell - 1
  days.forEach((day, index) => {
    const place = map.places[index]
    if (!place) return
    const { x, y } = place
    const state = dayState(day)
    const share = day.expected === 0 ? 1 : Math.min(1, day.present / day.expected)
    const fill = day.present === 0 ? 0 : Math.max(1, Math.round(share * size))
    if (state === 'not-loaded' || state === 'partly-loaded') {
      pen.strokeStyle = control ?? ''
      pen.globalAlpha = FRAME
      pen.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1)
      pen.globalAlpha = 1
      pen.fillStyle = warn ?? ''
    } else {
      pen.fillStyle = accent ?? ''
      pen.globalAlpha = GROUND
      pen.fillRect(x, y, size, size)
      pen.globalAlpha = 1
    }
    pen.fillRect(x, y + size - fill, size, fill)
  })
}
