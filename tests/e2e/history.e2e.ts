import type { Page } from '@playwright/test'
import { expectAccessibleInEveryLook } from '../support/accessibility.ts'
import { expectWellLaidOut } from '../support/layout.ts'
import { chromiumPath, expect, NO_CHROMIUM, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const region = (page: Page) => page.getByRole('region', { name: 'Load history' })
const button = (page: Page, name: string) => region(page).getByRole('button', { name, exact: true })
const bar = (page: Page, name: string) => region(page).getByRole('progressbar', { name, exact: true })
const openHistory = (page: Page) => page.keyboard.press('Control+4')
const step = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name })

test.describe('choosing', () => {
  test('starts with the watchlist, five years and the feed of the market', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openHistory(page)
    await expect(page).toHaveTitle('DEMO · History · Signal')
    await expect(page.getByRole('list', { name: 'Selected symbols' }).getByRole('listitem')).toHaveCount(17)
    await expect(page.getByRole('radio', { name: '5 years' })).toBeChecked()
    await expect(page.getByText(/^17 symbols, .+ – .+, Demo market$/)).toBeVisible()
  })

  test('finds a stock by its name with the keyboard, and takes pasted lists', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openHistory(page)
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect(page.getByText('No symbols selected.')).toBeVisible()
    await expect(button(page, 'Check coverage')).toBeDisabled()
    const field = page.getByRole('combobox', { name: 'Symbols' })
    await field.fill('taiwan')
    await expect(page.getByRole('option')).toHaveText([/TSM.*Taiwan Semiconductor/])
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('option')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await field.fill('ibm, amd; 12x')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('list', { name: 'Selected symbols' }).getByRole('listitem')).toHaveText([
      'TSM',
      'IBM',
      'AMD',
    ])
    await expect(page.getByText('Invalid symbol: 12x')).toBeVisible()
    await page.getByRole('button', { name: 'Watchlist' }).click()
    await expect(page.getByRole('list', { name: 'Selected symbols' }).getByRole('listitem')).toHaveCount(17)
  })

  test('says when no stock has that name, and takes the symbol anyway', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openHistory(page)
    const field = page.getByRole('combobox', { name: 'Symbols' })
    await field.fill('zzz')
    await expect(page.getByText('No match; Enter adds it.')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Remove ZZZ' })).toBeVisible()
  })

  test('says why days cannot be loaded', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openHistory(page)
    await page.getByLabel('From', { exact: true }).fill('2024-11-22')
    await expect(page.getByRole('radio', { name: 'Custom' })).toBeChecked()
    await page.getByLabel('To', { exact: true }).fill('2024-11-20')
    await expect(page.getByText('End is before start.').first()).toBeVisible()
    await expect(page.getByLabel('To', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await expect(button(page, 'Check coverage')).toBeDisabled()
    await page.getByLabel('To', { exact: true }).fill('2099-01-01')
    await expect(page.getByText(/End date is in the future; today is/).first()).toBeVisible()
    await page.getByRole('radio', { name: '1 month' }).check()
    await expect(button(page, 'Check coverage')).toBeEnabled()
  })
})

/** Chooses two symbols over a month whose days and gaps are the same in every run. */
async function chooseNovember(page: Page): Promise<void> {
  await openHistory(page)
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('combobox', { name: 'Symbols' }).fill('aapl tsla')
  await page.keyboard.press('Enter')
  await page.getByLabel('From', { exact: true }).fill('2024-10-01')
  await page.getByLabel('To', { exact: true }).fill('2024-11-29')
}

test.describe('the coverage', () => {
  test('is shown for each symbol in words, as a map of days, and by month', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Check coverage').click()
    const aapl = page.getByRole('region', { name: 'Coverage of AAPL' })
    await expect(aapl).toContainText(/[\d.]+% of minutes, \d+ of 43 days/)
    await expect(aapl.getByRole('slider', { name: 'Days of AAPL' })).toHaveAttribute('aria-valuemax', '42')
    await aapl.getByRole('button', { name: 'Months of AAPL' }).click()
    await expect(aapl.getByRole('rowheader')).toHaveText(['Oct 2024', 'Nov 2024'])
    await expect(
      region(page).getByText(/^\d+ days? to download: about .+ bars in \d+ requests?, .+\.$/),
    ).toBeVisible()
  })

  test('is navigated day by day with the keyboard, including early closes', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Check coverage').click()
    const days = page.getByRole('slider', { name: 'Days of AAPL' })
    await days.focus()
    await page.keyboard.press('End')
    await expect(days).toHaveAttribute(
      'aria-valuetext',
      /^Fri, Nov 29, 2024: \d+ of 210 minutes, early close, /,
    )
    await expect(page.getByTestId('day-words')).toContainText('Fri, Nov 29, 2024')
    await page.keyboard.press('ArrowUp')
    await expect(days).toHaveAttribute('aria-valuetext', /^Wed, Nov 27, 2024: \d+ of 390 minutes/)
    await page.keyboard.press('Home')
    await expect(days).toHaveAttribute('aria-valuetext', /^Tue, Oct 1, 2024/)
  })

  test('describes the day under the pointer', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Check coverage').click()
    // October 1, 2024 was a Tuesday: second square of the first column, 14 px each, below the month names.
    await page.getByRole('slider', { name: 'Days of AAPL' }).hover({ position: { x: 5, y: 14 + 14 + 5 } })
    await expect(page.getByTestId('day-words')).toContainText('Tue, Oct 1, 2024')
  })

  test('draws what is stored and leaves the rest empty', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Check coverage').click()
    await expect(page.locator('canvas')).toHaveCount(2)
    const inked = () =>
      page.evaluate<number>(
        `(() => {
          const canvas = document.querySelectorAll('canvas')[1]
          if (canvas === undefined) return 0
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
          const accent = [31, 95, 196]
          let count = 0
          for (let at = 0; at < data.length; at += 4)
            if (data[at + 3] === 255 && accent.every((value, index) => Math.abs(data[at + index] - value) < 3)) count++
          return count
        })()`,
      )
    const before = await inked()
    await button(page, 'Start').click()
    await page.evaluate('fake.work(60)')
    await step(page, 'Coverage').click()
    await expect.poll(inked).toBeGreaterThan(before)
  })

  test('of five years and seventeen symbols is drawn only where it is visible', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openHistory(page)
    await button(page, 'Check coverage').click()
    await expect(page.getByRole('slider')).toHaveCount(17)
    const drawn = () => page.locator('canvas').count()
    await expect.poll(drawn).toBeGreaterThan(3)
    expect(await drawn()).toBeLessThan(17)
  })

  test('says that nothing is missing when everything is loaded, and offers to verify', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Start').click()
    await tell('work', 30)
    await step(page, 'Coverage').click()
    await expect(page.getByText(/^Complete: 2 symbols/)).toBeVisible()
    await expect(button(page, 'Start')).toHaveCount(0)
    await expect(button(page, 'Verify')).toBeEnabled()
  })
})

test.describe('a load', () => {
  test('goes from the choice to the report', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Check coverage').click()
    await button(page, 'Start').click()
    await tell('work', 5)
    await expect(region(page).getByRole('heading', { name: 'Downloading AAPL, TSLA' })).toBeVisible()
    await expect(bar(page, 'Whole load')).toHaveAttribute('aria-valuenow', '50')
    await expect(bar(page, 'AAPL')).toHaveAttribute('aria-valuenow', '50')
    await expect(bar(page, 'TSLA')).toHaveAttribute('aria-valuenow', '50')
    await expect(region(page)).toContainText(/bars · 152,300 bars\/s · 30 s left/)
    await tell('work', 5)
    await expect(region(page).getByText('Download complete.')).toBeVisible()
    await expect(page.getByText(/^2 symbols: [\d,]+ bars downloaded\. Verifying…$/)).toBeVisible()
    await button(page, 'View report').click()
    await tell('work', 2)
    await expect(page.getByRole('table', { name: 'Verified symbols' }).getByRole('rowheader')).toHaveCount(2)
    await expect(page.getByRole('region', { name: 'Quality by symbol and month' })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Longest gaps' })).toBeVisible()
  })

  test('is paused and resumed, and moves only while it runs', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Start').click()
    await tell('work', 3)
    await button(page, 'Pause').click()
    await expect(region(page).getByRole('heading', { name: 'Paused: AAPL, TSLA' })).toBeVisible()
    await tell('work', 3)
    await expect(bar(page, 'Whole load')).toHaveAttribute('aria-valuenow', '30')
    await expect(page.locator('p[aria-live=polite]')).toHaveText('Paused')
    await button(page, 'Resume').click()
    await expect(button(page, 'Pause')).toBeVisible()
    await tell('work', 1)
    await expect(bar(page, 'Whole load')).toHaveAttribute('aria-valuenow', '40')
    await page.keyboard.press('Alt+u')
    await expect(button(page, 'Resume')).toBeVisible()
  })

  test('is canceled only after a question, which says what is kept', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Start').click()
    await tell('work', 3)
    await button(page, 'Cancel').click()
    const question = page.getByRole('dialog', { name: 'Cancel this download?' })
    await expect(question).toContainText(/The [\d,]+ bars downloaded so far are kept/)
    await page.keyboard.press('Escape')
    await expect(button(page, 'Pause')).toBeVisible()
    await button(page, 'Cancel').click()
    await question.getByRole('button', { name: 'Cancel download' }).click()
    await expect(region(page).getByRole('heading', { name: 'Canceled: AAPL, TSLA' })).toBeVisible()
    await expect(button(page, 'Download the rest')).toBeEnabled()
  })

  test('continues behind other screens, and is found again', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Start').click()
    await page.keyboard.press('Control+1')
    await tell('work', 4)
    await openHistory(page)
    await expect(bar(page, 'Whole load')).toHaveAttribute('aria-valuenow', '40')
  })

  test('started in an earlier window is found when the screen is opened', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('earlierLoad', 'canceled', ['AMD'])
    await tell('earlierLoad', 'running', ['AAPL', 'TSLA'])
    await openHistory(page)
    await expect(region(page).getByRole('heading', { name: 'Downloading AAPL, TSLA' })).toBeVisible()
    await expect(bar(page, 'TSLA')).toHaveAttribute('aria-valuenow', '10')
    await region(page).getByRole('button', { name: 'Canceled: AMD' }).click()
    await expect(region(page).getByRole('heading', { name: 'Canceled: AMD' })).toBeVisible()
  })

  test('says what is wrong with a symbol, in words', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await chooseNovember(page)
    await button(page, 'Start').click()
    await tell('work', 1)
    await tell('loadProblem', 'TSLA', 'failed', 'Unknown symbol TSLA.')
    await expect(page.getByRole('list', { name: 'Progress by symbol' })).toContainText('Unknown symbol TSLA.')
    await tell('work', 10)
    await expect(region(page).getByText('1 symbol failed (see below).')).toBeVisible()
    await expect(button(page, 'Download the rest')).toBeEnabled()
  })
})

test.describe('the report', () => {
  async function verifyWatchList(page: Page, work: () => Promise<void>): Promise<void> {
    await openHistory(page)
    await button(page, 'Verify').click()
    await expect(bar(page, 'Verification')).toBeVisible()
    await work()
    await expect(page.getByRole('heading', { name: 'Gaps' })).toBeVisible()
  }

  test('starts with the worst symbol, and is sorted by any column', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await verifyWatchList(page, () => tell('work', 17))
    const table = page.getByRole('table', { name: 'Verified symbols' })
    const scores = (await table.getByRole('row').allTextContents())
      .slice(1)
      .map((text) => Number(/^[A-Z]+([\d.]+)/.exec(text)?.[1]?.slice(0, 4)))
    expect(scores).toHaveLength(17)
    expect(scores).toEqual([...scores].sort((one, other) => one - other))
    await table.getByRole('columnheader', { name: 'Symbol' }).click()
    await expect(table.getByRole('rowheader').first()).toHaveText('AAPL')
    await expect(table.getByRole('columnheader', { name: 'Symbol' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    )
    await table.getByRole('columnheader', { name: 'Symbol' }).click()
    await expect(table.getByRole('rowheader').first()).toHaveText('TSLA')
  })

  test('has the tables of every screen: columns are hidden, rows copied, and a longest gap is found last', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await verifyWatchList(page, () => tell('work', 17))
    const summary = page.getByRole('table', { name: 'Verified symbols' })
    await summary.getByRole('columnheader', { name: 'Stored' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Hide column' }).click()
    await expect(summary.getByRole('columnheader', { name: 'Stored' })).toHaveCount(0)
    await summary.getByRole('rowheader').first().click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Copy row' })).toBeVisible()
    await page.keyboard.press('Escape')
    const gaps = page.getByRole('table', { name: 'Longest gaps' })
    const length = gaps.locator('[role=row][data-key] [data-column=length]').first()
    const longest = await length.innerText()
    await gaps.getByRole('columnheader', { name: 'Length' }).click()
    await expect(length).toHaveText(longest)
    await gaps.getByRole('columnheader', { name: 'Length' }).click()
    await expect(length).not.toHaveText(longest)
  })

  test('filters its gaps by symbol, cause and size', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await verifyWatchList(page, () => tell('work', 17))
    const gaps = page.getByRole('table', { name: 'Longest gaps' })
    await expect(gaps).toHaveAttribute('aria-rowcount', /^\d{2,}$/)
    await expect(page.getByText(/^\d[\d,]* matching gaps listed/)).toBeVisible()
    await page.getByLabel('Gaps of symbol').selectOption('TSLA')
    await expect(gaps.getByRole('rowheader').first()).toHaveText('TSLA')
    await expect(gaps.getByRole('cell', { name: 'Not downloaded' }).first()).toBeVisible()
    await page.getByLabel('Gaps by cause').selectOption('Market halt')
    await expect(gaps.getByRole('cell', { name: 'Not downloaded' })).toHaveCount(0)
    await page.getByLabel('Gaps by size').selectOption('1 session or more')
    await expect(page.getByText('No matches.')).toBeVisible()
  })

  test('fills what can be filled, verifies again, and says why the rest cannot be', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await verifyWatchList(page, () => tell('work', 17))
    await expect(page.getByText(/minutes: not downloaded yet/)).toBeVisible()
    await button(page, 'Fill gaps').click()
    const asked = await page.evaluate<readonly string[]>('fake.asked()')
    expect(asked.at(-1)).toMatch(/^fill .*\bTSLA\b/)
    await tell('work', 40)
    await button(page, 'View report').click()
    await tell('work', 17)
    await expect(page.getByText('Nothing more is available from this feed:')).toBeVisible()
    await expect(page.getByText(/minutes: no trades/)).toBeVisible()
    await expect(button(page, 'Fill gaps')).toHaveCount(0)
  })

  test('can be stopped, and then says how many symbols it covers', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openHistory(page)
    await button(page, 'Verify').click()
    await tell('work', 4)
    await expect(bar(page, 'Verification')).toHaveAttribute('aria-valuetext', 'Verified 4 of 17 (PLTR)')
    await button(page, 'Stop').click()
    await tell('work', 1)
    await expect(page.getByText('5 of 17 symbols verified')).toBeVisible()
  })
})

test.describe('the database', () => {
  test('says in words when it is unavailable, and what waits for it continues by itself', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    const problem = 'PostgreSQL on localhost:5433 refuses the connection. Start it with docker compose up.'
    await tell('database', { state: 'waiting', problem })
    await expect(page.getByRole('status', { name: 'Database' })).toHaveText('Database: unreachable')
    await chooseNovember(page)
    await expect(page.getByRole('alert').filter({ hasText: problem })).toBeVisible()
    await button(page, 'Start').click()
    await expect(page.getByText(`Download didn’t start. ${problem}`)).toBeVisible()
    await button(page, 'Check coverage').click()
    await expect(page.getByText('Coverage unknown until the database opens.')).toBeVisible()
    await tell('database', { state: 'open' })
    await expect(page.getByRole('slider', { name: 'Days of AAPL' })).toBeVisible()
  })

  test('says once that it was damaged and backed up', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('database', { setAside: '/home/trader/.config/signal/demo.sqlite.damaged-1' })
    const notice = page.getByRole('alert').filter({ hasText: 'The database was corrupted' })
    await expect(notice).toContainText('demo.sqlite.damaged-1')
    await notice.getByRole('button', { name: 'Dismiss' }).click()
    await expect(notice).toHaveCount(0)
    await tell('database', { state: 'open' })
    await expect(notice).toHaveCount(0)
  })
})

/** Shows each step in turn, with content. */
async function* eachStep(page: Page, tell: (name: 'work', steps: number) => Promise<void>) {
  await openHistory(page)
  yield 'choose'
  await page.getByRole('combobox', { name: 'Symbols' }).fill('inc')
  await page.getByRole('option').first().waitFor()
  yield 'search'
  await page.keyboard.press('Escape')
  await button(page, 'Check coverage').click()
  await page.getByRole('button', { name: 'Months of AAPL' }).click()
  await page.getByRole('slider', { name: 'Days of AAPL' }).focus()
  await page.keyboard.press('ArrowUp')
  yield 'coverage'
  await button(page, 'Start').click()
  await tell('work', 7)
  yield 'load'
  await button(page, 'Pause').click()
  await button(page, 'Resume').waitFor()
  yield 'paused'
  await page.keyboard.press('Alt+v')
  await tell('work', 3)
  yield 'verifying'
  await tell('work', 14)
  await page.getByRole('heading', { name: 'Gaps' }).waitFor()
  yield 'report'
}

test('axe finds nothing in any step in any theme and palette', async ({ openRenderer }) => {
  test.slow() // seven steps, each in six looks
  const { page, tell } = await openRenderer()
  for await (const shown of eachStep(page, tell)) {
    await test.step(shown, () => expectAccessibleInEveryLook(page))
  }
})

for (const [width, height] of [
  [380, 740],
  [640, 400],
  [1280, 800],
  [1920, 1080],
] as const) {
  test(`nothing is cut off in any step at ${width} by ${height}`, async ({ openRenderer }) => {
    const { page, tell, complaints } = await openRenderer({ width, height })
    for await (const shown of eachStep(page, tell)) {
      await test.step(shown, async () => {
        const overflow = () =>
          page.evaluate<number>(
            `Math.max(
              document.documentElement.scrollHeight - innerHeight,
              ...['html', 'main', '[aria-label="Load history"] > div'].map((selector) => {
                const shown = document.querySelector(selector)
                return shown.scrollWidth - shown.clientWidth
              }),
            )`,
          )
        await expect.poll(overflow).toBeLessThanOrEqual(0)
        await expectWellLaidOut(page)
      })
    }
    expect(complaints).toEqual([])
  })
}
