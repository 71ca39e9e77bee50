import { expect, type Page } from '@playwright/test'
import { row } from './market-page.ts'

/** What a trader has under the mouse, whose place must not change by itself. */
const watched = (page: Page) => ({
  'first row': row(page, 'AAPL'),
  'column headers': page.getByRole('columnheader', { name: 'Symbol' }),
  filter: page.getByRole('searchbox', { name: 'Filter symbols' }),
  rail: page.getByRole('navigation', { name: 'Screens' }),
  account: page.getByRole('region', { name: 'Account', exact: true }),
  'status bar': page.getByRole('contentinfo'),
})

interface Place {
  readonly y: number
  readonly height: number
}

async function placesIn(page: Page): Promise<Record<string, Place | undefined>> {
  const places = Object.entries(watched(page)).map(async ([name, locator]) => {
    const box = await locator.boundingBox()
    return [name, box ? { y: box.y, height: box.height } : undefined] as const
  })
  return Object.fromEntries(await Promise.all(places))
}

/**
 * Runs in the page: records what moves up or down, also right after input, which the browser does not hold against a
 * page. Text inside a cell of the grid may shift by a pixel when its digits change; its row is compared as a whole. Messages
 * float over the screen.
 */
const RECORD = `
  globalThis.moves = []
  globalThis.shifts?.disconnect()
  globalThis.shifts = new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries())
      for (const { node, previousRect: from, currentRect: to } of sources)
        if (from.y !== to.y && from.height > 0 && to.height > 0 && !(node instanceof Element ? node : node?.parentElement)?.closest('[role=gridcell], [aria-label=Messages]'))
          globalThis.moves.push((node?.outerHTML ?? '').slice(0, 120) + ': ' + from.y + ' to ' + to.y)
  })
  globalThis.shifts.observe({ type: 'layout-shift' })`

/** Two frames and a task later, everything that was drawn has been recorded. */
const SETTLED = `new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))`

/** Records what moves up or down from now on; returns a check that nothing has. */
export async function watchShifts(page: Page): Promise<(occasion: string) => Promise<void>> {
  await page.evaluate(RECORD)
  return async (occasion) => {
    await page.evaluate(SETTLED)
    expect(await page.evaluate('globalThis.moves'), occasion).toEqual([])
  }
}

/** Watches the market screen; returns a check that nothing has moved up or down since, nor changed its height. */
export async function watchPlaces(page: Page): Promise<(occasion: string) => Promise<void>> {
  const before = await placesIn(page)
  expect(Object.values(before)).not.toContain(undefined)
  const expectNoShift = await watchShifts(page)
  return async (occasion) => {
    await expectNoShift(occasion)
    expect(await placesIn(page), occasion).toEqual(before)
  }
}
