import * as z from 'zod'

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(380),
  height: z.number().int().min(400),
  maximized: z.boolean(),
})
/** Position and size of a window, in device-independent pixels. */
export type WindowBounds = z.output<typeof bounds>

interface Size {
  readonly width: number
  readonly height: number
}

interface Area extends Size {
  readonly x: number
  readonly y: number
}

/** How much of a window must be on a screen, so that it can be seen and dragged. */
const LEAST_VISIBLE = 100

/** The saved bounds, unless they are malformed or on a screen that is gone. */
export function restoredBounds(kept: unknown, screens: readonly Area[]): WindowBounds | undefined {
  const parsed = bounds.safeParse(kept)
  if (!parsed.success) return undefined
  const { data } = parsed
  return screens.some((screen) => overlap(data, screen) >= LEAST_VISIBLE) ? data : undefined
}

/** The size of a window that has no place yet: its usual one, as far as the screen has room beside its bars. */
export const firstSize = (usual: Size, screen: Size): Size => ({
  width: Math.min(usual.width, screen.width),
  height: Math.min(usual.height, screen.height),
})

/** The shorter side of the overlap of two areas. */
function overlap(one: Area, other: Area): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.min(width, height)
}
