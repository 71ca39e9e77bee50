import type { Locator } from '@playwright/test'
import { cell, connection, price, showColumn, signalIn } from '../support/market-page.ts'
import { readColor, type Color, type PageElement, type PageGlobals } from '../support/page-globals.ts'
import { expect, test } from '../support/signal-app.ts'

const STANDS_STILL_AT = Date.UTC(2025, 10, 24, 15, 0, 0)
const THEMES = ['light', 'dark'] as const
const PALETTES = ['classic', 'color-blind', 'mono'] as const

const isGray = (color: Color): boolean => Math.max(...color) - Math.min(...color) < 24

/** What makes a color that of a rise and of a fall. */
const LOOKS = {
  classic: {
    isRise: ([red, green, blue]: Color) => green > red && green > blue,
    isFall: ([red, green, blue]: Color) => red > green && red > blue,
  },
  'color-blind': {
    isRise: ([red, green, blue]: Color) => blue > red && blue > green,
    isFall: ([red, green, blue]: Color) => red > blue && green > blue,
  },
  mono: { isRise: isGray, isFall: isGray },
} as const

// One symbol and one quote a second, so that a second's advance is exactly one quote.
test.use({ marketOptions: { startAt: STANDS_STILL_AT, symbols: ['AAPL'], rate: 1 } })

test('a rise has an arrow up, a fall an arrow down, in the colors of each palette and theme', async ({
  connected: { page, market },
}) => {
  await expect(connection(page)).toHaveText('Connected')
  await showColumn(page, 'Mid')
  const mid = (await cell(page, 'AAPL', 'Mid')).locator('[data-direction]')
  await expect(mid).toHaveText(/\d\.\d/)
  await expect(price(page, 'AAPL')).toHaveAttribute('data-freshness', 'live')
  const jump = async (percent: number, looks: string) => {
    market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent })
    market.advance(1_000)
    let seen: Awaited<ReturnType<typeof look>> | undefined
    await expect
      .poll(async () => {
        seen = await look(mid)
        return seen.text
      })
      .toBe(looks)
    return seen?.color ?? [0, 0, 0]
  }
  const api = await signalIn(page)
  for (const theme of THEMES) {
    for (const palette of PALETTES) {
      await test.step(`${palette}, ${theme}`, async () => {
        const { isRise, isFall } = LOOKS[palette]
        await api.evaluate((signal, patch) => signal.settings.save(patch), { theme, palette })
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        await expect(page.locator('html')).toHaveAttribute('data-palette', palette)
        const [up, down] = [await jump(5, 'up ▲'), await jump(-5, 'down ▼')]
        expect(isRise(up), `rise in ${up.join()}`).toBe(true)
        expect(isFall(down), `fall in ${down.join()}`).toBe(true)
      })
    }
  }
})

/** Direction, arrow and color of a price, read together: the next update of the price may replace them. */
async function look(shown: Locator): Promise<{ readonly text: string; readonly color: Color }> {
  const { direction, sign, color } = await shown.evaluate((element: PageElement) => {
    const arrow = element.querySelector('[role=img][aria-label=up], [role=img][aria-label=down]')
    const { getComputedStyle } = globalThis as unknown as PageGlobals
    const direction = element.getAttribute('data-direction')
    return { direction, sign: arrow?.textContent, color: getComputedStyle(arrow ?? element).color }
  })
  return { text: `${direction} ${sign}`, color: readColor(color) }
}
