import type { Locator, Page } from '@playwright/test'
import type { OrderProblem } from '../../src/shared/trading/problem.ts'
import type { OrderView } from '../../src/shared/trading/order.ts'
import type { TradingSnapshot } from '../../src/shared/trading/account.ts'
import { stockSymbol, toPrice, toQuantity, toSignedDecimal } from '../../src/shared/units.ts'
import { Decimal } from 'decimal.js'
import { expectAccessible, expectAccessibleInEveryLook } from '../support/accessibility.ts'
import { signalIn } from '../support/market-page.ts'
import { field, ticket } from '../support/trading-page.ts'
import { chromiumPath, expect, holdTimers, NO_CHROMIUM, NOW, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const openOrders = (page: Page) => page.keyboard.press('Control+3')
const table = (page: Page, name: string) => page.getByRole('table', { name, exact: true })
const rowOf = (page: Page, name: string, text: string): Locator =>
  table(page, name).locator('[role=row][data-key]').filter({ hasText: text })
const cellOf = (row: Locator, column: string) => row.locator(`[data-column=${column}]`)
const tab = (page: Page, name: string) => page.getByRole('tab', { name })
const messages = (page: Page) => page.getByLabel('Messages')
const asked = (page: Page) => page.evaluate<readonly string[]>('fake.asked()')
const account = (page: Page) => page.getByRole('region', { name: 'Account details' })

async function snapshotOf(page: Page): Promise<TradingSnapshot> {
  const api = await signalIn(page)
  const answer = await api.evaluate((signal) => signal.trading.snapshot())
  if (!answer.ok) throw new Error('no snapshot')
  return answer.value
}

/** An order like the one that is open from the beginning. */
async function orderLike(page: Page, change: Partial<OrderView>): Promise<OrderView> {
  const { orders } = await snapshotOf(page)
  const working = orders.find(({ id }) => id === 'earlier-nvda')
  if (!working) throw new Error('the fake account has no working order')
  return { ...working, ...change }
}

test.describe('the account', () => {
  test('is shown with what the line above every screen leaves out, and how old it is', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await expect(page).toHaveTitle('DEMO · Orders · Signal')
    const strip = account(page)
    await expect(strip).toContainText('Realized today+$128.40')
    await expect(strip).toContainText(/Margin used[\d.]+%/)
    await expect(strip).toContainText('Updatednow')
  })

  test('is waited for until it is known', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('forgetAccount')
    const view = await (await signalIn(page)).evaluate((signal) => signal.settings.read())
    if (!view.ok) throw new Error('no settings')
    await tell('settings', { settings: { ...view.value.settings, mode: 'paper' } })
    await openOrders(page)
    await expect(account(page)).toContainText('Loading account…')
    await expect(page).toHaveTitle('PAPER · Orders · Signal')
  })
})

test.describe('an account of which nothing is known yet', () => {
  test('is not shown as empty, and everything that ends risk works', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await tell('tradingChange', {
      isAnew: true,
      positions: [],
      orders: [],
      fills: [],
      reconciliation: {
        state: 'failed',
        hasBegun: false,
        at: NOW,
        differences: [],
        problem: 'Database not readable.',
      },
    })
    for (const name of ['Positions', 'Orders'])
      await expect(table(page, name)).toContainText(
        'Not loaded yet. Database not readable. Cancel all and Flatten all still work.',
      )
    await expect(page.getByRole('heading', { name: /Positions/ })).toHaveText('Positions ?')
    await expect(tab(page, 'Orders')).toHaveText('Orders ?')
    for (const name of [/Flatten all/, /Cancel all/])
      await expect(page.getByRole('button', { name })).toBeEnabled()
    await tab(page, 'Fills').click()
    await expect(table(page, 'Fills')).toContainText('Not loaded yet.')
  })
})

test.describe('a position that cannot be read', () => {
  test('is named where nothing else is held: nobody is told that there is nothing', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const theirs = 'qty: is not a decimal number'
    await tell('tradingChange', {
      isAnew: true,
      positions: [],
      orders: [],
      fills: [],
      reconciliation: {
        state: 'differs',
        hasBegun: true,
        at: NOW,
        differences: [{ what: 'unreadable', of: 'ODDX', ours: 'not read', theirs }],
      },
    })
    await expect(table(page, 'Positions')).toContainText(
      `Not loaded yet. Alpaca’s row for ODDX cannot be read (${theirs}). Cancel all and Flatten all still work.`,
    )
    await expect(page.getByRole('heading', { name: /Positions/ })).toHaveText('Positions ?')
    await expect(page.getByRole('button', { name: /Cancel all/ })).toBeEnabled()
  })
})

test.describe('positions', () => {
  test('tick with the price, signed and colored, and nothing moves sideways', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const aapl = rowOf(page, 'Positions', 'AAPL')
    const total = cellOf(aapl, 'total')
    await expect(cellOf(aapl, 'average')).toHaveText('228.38')
    const before = await total.boundingBox()
    await tell('row', 'AAPL', { price: toPrice(1240.38) })
    await tell('reprice')
    await expect(cellOf(aapl, 'last')).toHaveText('1,240.38')
    await expect(total).toHaveText('+101,200.00')
    await expect(total.locator('span')).toHaveClass(/text-up/)
    await tell('row', 'AAPL', { price: toPrice(228.28) })
    await tell('reprice')
    await expect(total).toHaveText('−10.00')
    await expect(total.locator('span')).toHaveClass(/text-down/)
    expect(await total.boundingBox()).toEqual(before)
  })

  test('say so if their price is unknown', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const [held] = (await snapshotOf(page)).positions
    if (!held) throw new Error('the fake account holds nothing')
    const { symbol, quantity, exits } = held
    await tell('tradingChange', { positions: [{ symbol, quantity, exits }] })
    await expect(cellOf(rowOf(page, 'Positions', 'AAPL'), 'total')).toContainText('not known')
  })

  test('are closed by button, and by half', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await page.getByRole('button', { name: 'Sell half of AAPL' }).click()
    await expect(messages(page)).toContainText('AAPL: closing 50 at market')
    const order = rowOf(page, 'Orders', 'AAPL')
    await expect(order).toContainText('Sell')
    await expect(cellOf(order, 'filled')).toHaveText('0 of 50')
    await tell('workOrders', 4)
    await expect(cellOf(rowOf(page, 'Positions', 'AAPL'), 'quantity')).toHaveText('50')
    await page.getByRole('button', { name: 'Close AAPL', exact: true }).click()
    await tell('workOrders', 4)
    await expect(rowOf(page, 'Positions', 'AAPL')).toHaveCount(0)
  })

  test('are closed by key alone, and the focus moves to the next row', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+g')
    await expect(rowOf(page, 'Positions', 'AAPL')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf(page, 'Positions', 'TSLA')).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Alt+h')
    await expect(messages(page)).toContainText('AAPL: closing 50')
    await page.keyboard.press('Alt+q')
    await expect(messages(page)).toContainText('AAPL: closing 100')
    await tell('tradingChange', {
      positions: (await snapshotOf(page)).positions.filter(({ symbol }) => symbol !== 'AAPL'),
    })
    await expect(rowOf(page, 'Positions', 'AAPL')).toHaveCount(0)
    await expect(rowOf(page, 'Positions', 'TSLA')).toBeFocused()
  })

  test('show their stop and target in their row, and their exit orders below it', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const aapl = rowOf(page, 'Positions', 'AAPL').first()
    await expect(cellOf(aapl, 'stop')).toHaveText('none')
    await expect(aapl.getByRole('button', { name: 'Exits of AAPL' })).toHaveCount(0)
    const exit = await orderLike(page, {
      symbol: stockSymbol.parse('AAPL'),
      side: 'sell',
      quantity: toQuantity(100),
    })
    const { limitPrice: _limit, ...stop } = exit
    await tell('row', 'AAPL', { price: toPrice(231) })
    await tell('tradingChange', {
      orders: [
        { ...stop, id: 'stop', type: 'stop', stopPrice: toPrice(226.38) },
        { ...exit, id: 'target', limitPrice: toPrice(235) },
      ],
    })
    await tell('reprice')
    await expect(cellOf(aapl, 'stop')).toHaveText('226.38$4.62 · 2.3R')
    await expect(cellOf(aapl, 'target')).toHaveText('235.00$4.00 · 2.0R')
    await expect(cellOf(rowOf(page, 'Orders', 'Sell').first(), 'order')).toContainText('exit of AAPL')
    await page.keyboard.press('Alt+g')
    const lines = table(page, 'Positions').locator('[role=row][data-key]')
    await expect(lines).toHaveCount(2)
    await page.keyboard.press('ArrowRight')
    await expect(lines).toHaveCount(4)
    await expect(lines.nth(1)).toContainText(/Stop of AAPL.*100.*226\.38/)
    await expect(lines.nth(2)).toContainText(/Target of AAPL.*100.*235\.00/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const price = page.getByLabel('New stop price')
    await expect(price).toBeFocused()
    await expect(price).toHaveCount(1)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('227')
    await page.keyboard.press('Enter')
    await expect(cellOf(aapl, 'stop')).toContainText('227.00')
    await expect(lines.nth(1)).toBeFocused()
    await page.keyboard.press('Delete')
    await expect(cellOf(aapl, 'stop')).toHaveText('none')
    await expect(lines).toHaveCount(3)
    await page.keyboard.press('ArrowLeft')
    await expect(lines).toHaveCount(2)
    await expect(aapl).toBeFocused()
  })

  test('move their stop to the average price by one key', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+g')
    await page.keyboard.press('Alt+k')
    await expect(messages(page)).toContainText('No stop to move on AAPL.')
    await messages(page).getByRole('button', { name: 'Add stop' }).click()
    await expect(field(page, 'Order type')).toHaveValue('stop')
    await expect(ticket(page).getByRole('radio', { name: 'Sell' })).toBeChecked()
    await expect(field(page, 'Quantity')).toHaveValue('100')
    await expect(field(page, 'Stop price')).toHaveValue('228.38')
    await expect(field(page, 'Quantity')).toBeFocused()
    expect(await page.evaluate('fake.submissions()')).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+g')
    const exit = await orderLike(page, {
      symbol: stockSymbol.parse('AAPL'),
      side: 'sell',
      quantity: toQuantity(100),
    })
    const { limitPrice: _limit, ...stop } = exit
    await tell('tradingChange', {
      orders: [{ ...stop, id: 'stop', type: 'stop', stopPrice: toPrice(226) }],
    })
    await page.keyboard.press('Alt+k')
    await expect(messages(page)).toContainText('AAPL: stop to break-even, $228.38')
    await expect(cellOf(rowOf(page, 'Positions', 'AAPL'), 'stop')).toContainText('228.38')
  })

  test('are reversed and moved to break-even by the mouse, with every header read in full', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer({ width: 1280, height: 800 })
    await openOrders(page)
    const aapl = rowOf(page, 'Positions', 'AAPL')
    const breakEven = aapl.getByRole('button', { name: 'BE: stop of AAPL to break-even' })
    await expect(breakEven).toHaveAttribute('title', 'Stop to break-even (Alt+K)')
    await breakEven.click()
    await expect(messages(page)).toContainText('No stop to move on AAPL.')
    const reverse = aapl.getByRole('button', { name: 'Rev: reverse AAPL' })
    await expect(reverse).toHaveAttribute('title', 'Reverse AAPL: sell 200, ends short 100 (Alt+V)')
    await reverse.click()
    await expect(table(page, 'Positions').getByRole('button', { name: /^Reverse ?Enter/ })).toBeFocused()
    await page.keyboard.press('Escape')
    expect(await page.evaluate('fake.submissions()')).toEqual([])
    expect(await page.evaluate(CUT_IN_POSITIONS)).toEqual([])
  })

  test('are reversed by one key and a confirm that says what is traded', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+g')
    await page.keyboard.press('Alt+v')
    await expect(table(page, 'Positions')).toContainText('Reverse AAPL: sell 200, ends short 100')
    await page.keyboard.press('Escape')
    await expect(table(page, 'Positions')).not.toContainText('Reverse AAPL')
    await expect(rowOf(page, 'Positions', 'AAPL')).toBeFocused()
    expect(
      (await snapshotOf(page)).orders.filter(({ symbol, side }) => symbol === 'AAPL' && side === 'sell'),
    ).toEqual([])
    await tell('refuseNext', [
      {
        code: 'NOTIONAL_EXCEEDS_LIMIT',
        level: 'ask',
        sentence: '$22,800 order: above your $10,000 warning.',
      },
    ])
    await page.keyboard.press('Alt+v')
    await page.keyboard.press('Enter')
    await expect(table(page, 'Positions').getByRole('alert')).toHaveText(
      '$22,800 order: above your $10,000 warning.',
    )
    await expect(page.getByRole('button', { name: /^Reverse anyway/ })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(messages(page)).toContainText('AAPL reversed: short 100 at market')
    await expect(rowOf(page, 'Positions', 'AAPL')).toBeFocused()
  })

  test('whose reverse stops in between say that they are closed', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+g')
    const sentence = 'AAPL closed; reverse not completed. Short sale: AAPL isn’t shortable.'
    await tell('refuseNext', [{ code: 'REVERSE_STOPPED', level: 'refuse', sentence }])
    await page.keyboard.press('Alt+v')
    await page.keyboard.press('Enter')
    await expect(messages(page)).toContainText(sentence)
  })

  test('that cannot be closed say why', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await tell('refuseNext', [
      { code: 'QUANTITY_HELD', level: 'refuse', sentence: '100 AAPL are held by your own order.' },
    ])
    await page.getByRole('button', { name: 'Close AAPL', exact: true }).click()
    await expect(messages(page)).toContainText('Couldn’t close AAPL: 100 AAPL are held by your own order.')
  })

  test('open the ticket with the row’s symbol by the buy key', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+g')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+b')
    await expect(page.getByRole('complementary', { name: 'Ticket' }).getByLabel('Symbol')).toHaveValue('TSLA')
  })
})

test.describe('flatten all', () => {
  const flat = (page: Page) => page.getByRole('button', { name: /Flatten all|Press again to flatten/ })

  test('asks at the first press and acts at the second', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await holdTimers(page)
    await flat(page).click()
    await expect(flat(page)).toHaveText(/Press again to flatten/)
    expect((await snapshotOf(page)).positions).toHaveLength(2)
    await flat(page).click()
    await expect(messages(page)).toContainText('Canceled 1 orders and closed 2 positions.')
    await expect(table(page, 'Positions')).toContainText('No positions.')
    await expect(table(page, 'Orders')).toContainText('No open orders.')
  })

  test('forgets a first press without a second', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await holdTimers(page)
    await flat(page).click()
    await expect(page.getByRole('button', { name: 'Press again to flatten' })).toBeVisible()
    await page.clock.runFor(1_600)
    await expect(page.getByRole('button', { name: 'Flatten all' })).toBeVisible()
    await flat(page).click()
    expect((await snapshotOf(page)).positions).toHaveLength(2)
  })

  test('is done by holding it down, once', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await flat(page).hover()
    await page.mouse.down()
    await expect(messages(page)).toContainText('closed 2 positions')
    await page.mouse.up()
    await expect(messages(page).getByText(/Canceled \d/)).toHaveCount(1)
    await expect(page.getByRole('button', { name: 'Press again to flatten' })).toHaveCount(0)
  })
})

test.describe('open orders', () => {
  const edit = (page: Page) => page.getByRole('button', { name: /^Edit Buy 50 NVDA/ })
  const limit = (page: Page) => page.getByLabel('New limit price')
  const problem = (page: Page, text: string) => page.locator('form [role=alert]').filter({ hasText: text })

  test('are shown with their exits below them, in words', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const entry = await orderLike(page, {
      id: 'entry',
      orderClass: 'bracket',
      state: 'partially-filled',
      filledQuantity: toQuantity(20),
      requestedAt: NOW + 1,
    })
    const leg = {
      ...entry,
      side: 'sell',
      state: 'held',
      parentId: 'entry',
      filledQuantity: toQuantity(0),
    } as const
    await tell('tradingChange', {
      orders: [
        { ...leg, id: 'stop', type: 'stop', leg: 'stop-loss', stopPrice: toPrice(130) },
        { ...leg, id: 'target', leg: 'take-profit', limitPrice: toPrice(150) },
        entry,
      ],
    })
    const lines = table(page, 'Orders').locator('[role=row][data-key]')
    await expect(lines).toHaveCount(4)
    await expect(lines.nth(0)).toContainText(/BuyNVDA.*20 of 50.*139\.50.*Partial fill/)
    await expect(lines.nth(1)).toContainText(/↳SellNVDA.*Target, limit, GTC.*150\.00.*Waiting for entry/)
    await expect(lines.nth(2)).toContainText(/↳SellNVDA.*Stop loss, stop, GTC.*130\.00/)
    await expect(lines.nth(3)).toContainText(/BuyNVDA.*0 of 50.*Working/)
  })

  test('are changed in their line: what is wrong is shown at the field, and nothing is sent', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await edit(page).click()
    await expect(limit(page)).toBeFocused()
    for (const [typed, text] of [
      ['139.505', 'Max 2 decimals'],
      ['abc', 'isn’t a number'],
      ['', 'Enter a number.'],
      ['-1', 'must be above 0'],
    ] as const) {
      await limit(page).fill(typed)
      await page.keyboard.press('Enter')
      await expect(limit(page)).toHaveAttribute('aria-invalid', 'true')
      await expect(problem(page, text)).toBeVisible()
    }
    await limit(page).fill('139.5')
    await page.keyboard.press('Enter')
    await expect(problem(page, 'No changes.')).toBeVisible()
    const refusal: OrderProblem = {
      code: 'PRICE_OUTSIDE_BAND',
      level: 'refuse',
      field: 'limitPrice',
      sentence: '900.00 is more than 5 % away from the market.',
    }
    await tell('refuseNext', [refusal])
    await limit(page).fill('900')
    await page.keyboard.press('Enter')
    await expect(problem(page, refusal.sentence)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(limit(page)).toHaveCount(0)
    await expect(rowOf(page, 'Orders', 'NVDA')).toBeFocused()
    expect((await snapshotOf(page)).orders.some(({ state }) => state === 'replaced')).toBe(false)
  })

  test('are changed by key alone: the changed order replaces the old one', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+1')
    await page.keyboard.press('Enter')
    await expect(limit(page)).toBeFocused()
    await page.keyboard.type('140,25')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type('75')
    await page.keyboard.press('Enter')
    const changed = rowOf(page, 'Orders', 'NVDA')
    await expect(changed).toHaveCount(1)
    await expect(cellOf(changed, 'limit')).toHaveText('140.25')
    await expect(cellOf(changed, 'filled')).toHaveText('0 of 75')
    await tab(page, 'History').click()
    await expect(rowOf(page, 'Order history', 'NVDA')).toContainText('Replaced')
  })

  test('that need confirmation are changed at the second Enter', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await edit(page).click()
    await tell('refuseNext', [
      {
        code: 'NOTIONAL_EXCEEDS_LIMIT',
        level: 'ask',
        sentence: 'Worth more than you asked to be warned at.',
      },
    ])
    await limit(page).fill('140')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /Replace anyway/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(cellOf(rowOf(page, 'Orders', 'NVDA'), 'limit')).toHaveText('140.00')
  })

  const fix = (page: Page, name: string) =>
    page.getByRole('form', { name: 'Replace buy NVDA' }).getByRole('button', { name })

  test('whose change is refused offer what can be sent: it is typed at the press of a button', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await edit(page).click()
    const refusal: OrderProblem = {
      code: 'PRICE_OUTSIDE_BAND',
      level: 'refuse',
      field: 'limitPrice',
      sentence: '900.00 is more than 5 % away from the market.',
      fix: { kind: 'change', label: 'Use 146.20', change: { limitPrice: toPrice(146.2) } },
    }
    await tell('refuseNext', [refusal])
    await limit(page).fill('900')
    await page.keyboard.press('Enter')
    await fix(page, 'Use 146.20').click()
    await expect(limit(page)).toHaveValue('146.2')
    await expect(problem(page, refusal.sentence)).toHaveCount(0)
    await expect(fix(page, 'Use 146.20')).toHaveCount(0)
    await expect(cellOf(rowOf(page, 'Orders', 'NVDA'), 'limit')).toHaveText('139.50')
    await page.keyboard.press('Enter')
    await expect(cellOf(rowOf(page, 'Orders', 'NVDA'), 'limit')).toHaveText('146.20')
  })

  test('whose change another order forbids offer to cancel that one; then the same change goes through', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await tell('tradingChange', {
      orders: [await orderLike(page, { id: 'other', side: 'sell', limitPrice: toPrice(141) })],
    })
    const other = table(page, 'Orders').locator('[data-key=other]')
    await expect(other).toHaveCount(1)
    await edit(page).click()
    await tell('refuseNext', [
      {
        code: 'WASH_TRADE',
        level: 'refuse',
        sentence: 'Your own order to sell 50 NVDA at 141.00 would trade with it.',
        fix: { kind: 'cancel-order', label: 'Cancel it first', orderId: 'other' },
      },
    ])
    await limit(page).fill('141')
    await page.keyboard.press('Enter')
    await fix(page, 'Cancel it first').click()
    await expect(other).toHaveCount(0)
    await expect(fix(page, 'Cancel it first')).toHaveCount(0)
    await expect(limit(page)).toHaveValue('141')
    await page.keyboard.press('Enter')
    await expect(cellOf(rowOf(page, 'Orders', 'NVDA'), 'limit')).toHaveText('141.00')
  })

  test('are not reduced below what is already filled', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await tell('tradingChange', {
      orders: [await orderLike(page, { state: 'partially-filled', filledQuantity: toQuantity(20) })],
    })
    await edit(page).click()
    await page.getByLabel('New quantity').fill('20')
    await page.keyboard.press('Enter')
    await expect(problem(page, 'Must exceed 20 filled.')).toBeVisible()
  })

  test('are canceled by key, by button and all together', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+1')
    await page.keyboard.press('Delete')
    await expect(table(page, 'Orders')).toContainText('No open orders.')
    await tell('tradingChange', {
      orders: [
        await orderLike(page, { id: 'one', state: 'open' }),
        await orderLike(page, { id: 'two', state: 'open' }),
      ],
    })
    await page
      .getByRole('button', { name: /^Cancel Buy 50 NVDA/ })
      .first()
      .click()
    await expect(rowOf(page, 'Orders', 'NVDA')).toHaveCount(1)
    await page.getByRole('button', { name: 'Cancel all' }).click()
    await expect(messages(page)).toContainText('Canceled: Buy 50 NVDA')
    await expect(rowOf(page, 'Orders', 'NVDA')).toHaveCount(0)
    await page.getByRole('button', { name: 'Cancel all' }).click()
    await expect(messages(page)).toContainText('No open orders.')
  })

  test('that are unconfirmed say so and cannot be changed', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const problem = 'No answer came in 10 s. It is looked for; do not send it again.'
    await tell('tradingChange', { orders: [await orderLike(page, { state: 'unconfirmed', problem })] })
    await expect(rowOf(page, 'Orders', 'NVDA')).toContainText('Unconfirmed')
    await expect(rowOf(page, 'Orders', 'NVDA')).toContainText(problem)
    await expect(edit(page)).toBeDisabled()
  })

  test('by the thousand are drawn only where they are visible', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const like = await orderLike(page, {})
    await tell('tradingChange', {
      orders: Array.from({ length: 3_000 }, (_, at) => ({
        ...like,
        id: `many-${at}`,
        requestedAt: like.requestedAt - at,
      })),
    })
    await expect(table(page, 'Orders')).toHaveAttribute('aria-rowcount', '3002')
    expect(await table(page, 'Orders').locator('[role=row]').count()).toBeLessThan(80)
    await page.keyboard.press('Alt+1')
    await page.keyboard.press('End')
    await expect(table(page, 'Orders').locator('[data-key=many-2999]')).toBeFocused()
  })
})

/** Runs in the page: texts of the table of positions that are cut, and whether it scrolls sideways. */
const CUT_IN_POSITIONS = `(() => {
  const table = document.querySelector('[role=table][aria-label=Positions]')
  const cut = [...table.querySelectorAll('[role=columnheader], [role=columnheader] *, [data-column]')]
    .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible')
    .map((element) => element.textContent)
  return table.parentElement.scrollWidth > table.parentElement.clientWidth ? [...cut, 'scrolls sideways'] : cut
})()`

test.describe('a closed order', () => {
  for (const [symbol, quantity, price, side] of [
    ['AMD', '100', '138.00', 'Buy'], // rejected
    ['MSFT', '10', '431.00', 'Sell'], // canceled
    ['AAPL', '100', '228.40', 'Buy'], // filled
  ] as const) {
    test(`is staged again from its row with the same terms: ${symbol}`, async ({ openRenderer }) => {
      const { page } = await openRenderer()
      await openOrders(page)
      await page.keyboard.press('Alt+3')
      await rowOf(page, 'Order history', symbol).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Stage again' }).click()
      await expect(field(page, 'Symbol')).toHaveValue(symbol)
      await expect(field(page, 'Quantity')).toHaveValue(quantity)
      await expect(field(page, 'Limit price')).toHaveValue(price)
      await expect(ticket(page).getByRole('radio', { name: side })).toBeChecked()
      await expect(field(page, 'Quantity')).toBeFocused()
      expect(await page.evaluate('fake.submissions()')).toEqual([])
    })
  }

  test('is staged in the ticket’s own window once it has one, and so is a stop', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('Alt+w')
    await openOrders(page)
    await page.keyboard.press('Alt+3')
    await rowOf(page, 'Order history', 'AMD').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Stage again' }).click()
    await page.keyboard.press('Alt+g')
    await page.keyboard.press('Alt+k')
    await messages(page).getByRole('button', { name: 'Add stop' }).click()
    await expect
      .poll(() => asked(page))
      .toEqual(['ticket', 'ticket/again/earlier-amd', 'ticket/break-even/AAPL'])
    await expect(ticket(page)).toHaveCount(0)
  })
})

test.describe('fills and history', () => {
  test('are filtered by symbol, side, final state, day and words', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+3')
    const lines = table(page, 'Order history').locator('[role=row][data-key]')
    await expect(lines).toHaveCount(3)
    await page.getByLabel('Side').selectOption('sell')
    await expect(lines).toHaveText(/MSFT/)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByLabel('Status').selectOption('rejected')
    await expect(lines).toHaveText(/AMD.*insufficient buying power/)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('AA')
    await expect(lines).toHaveText(/AAPL/)
    await expect(page.getByText('1 of 3 orders')).toBeVisible()
    await page.getByLabel('Day (ET)').fill('2001-01-01')
    await expect(table(page, 'Order history')).toContainText('No matches.')
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(lines).toHaveCount(3)
  })

  test('are saved as CSV: exact, guarded against formulas, times in UTC', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await tell('tradingChange', {
      fills: [
        {
          executionId: '=HYPERLINK("http://example.com")',
          orderId: 'a,b',
          symbol: (await orderLike(page, {})).symbol,
          side: 'sell',
          quantity: toQuantity(new Decimal('0.123456789')),
          price: toPrice(0.0123),
          at: Date.UTC(2026, 10, 24, 15, 0, 0, 7),
        },
      ],
    })
    await page.keyboard.press('Alt+2')
    await page.getByLabel('Filter by symbol or text').fill('NVDA')
    await page.getByRole('button', { name: 'CSV' }).click()
    await expect(messages(page)).toContainText('Saved as /home/trader/signal-fills-')
    const [saved = ''] = await asked(page)
    expect(saved).toMatch(/^saveText signal-fills-\d{4}-\d\d-\d\d\.csv\n/)
    expect(saved.slice(saved.indexOf('\n') + 1)).toBe(
      'time,symbol,side,quantity,price,value,order_id,execution_id\r\n' +
        '2026-11-24T15:00:00.007Z,NVDA,sell,0.123456789,0.0123,0.0015185185047,"a,b","\'=HYPERLINK(""http://example.com"")"\r\n',
    )
  })

  test('lead from an order to its timeline', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+3')
    await rowOf(page, 'Order history', 'AAPL').focus()
    await page.keyboard.press('Alt+i')
    await expect(page).toHaveTitle('DEMO · Audit · Signal')
    const steps = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem')
    await expect(steps).toHaveCount(4)
    await openOrders(page)
    await page.getByRole('button', { name: 'Timeline of the order to buy AMD' }).click()
    await expect(steps).toHaveText([/Submitted/, /Rejected.*insufficient buying power/])
  })
})

test.describe('states of the exchange', () => {
  test('are named for what they are: an OCO’s stop waits for no entry, and a slow cancel is mentioned', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    const oco = {
      symbol: 'AAPL' as OrderView['symbol'],
      side: 'sell',
      orderClass: 'oco',
      requestedAt: NOW,
    } as const
    await tell('tradingChange', {
      orders: [
        await orderLike(page, { ...oco, id: 'oco', state: 'open' }),
        await orderLike(page, {
          ...oco,
          id: 'oco-stop',
          type: 'stop',
          leg: 'stop-loss',
          parentId: 'oco',
          state: 'held',
        }),
        await orderLike(page, { id: 'slow', state: 'pending-cancel', pendingSince: NOW - 61_000 }),
        await orderLike(page, { id: 'done', state: 'done-for-day' }),
      ],
    })
    await expect(rowOf(page, 'Orders', 'Stop loss')).toContainText('OCO standby')
    await expect(table(page, 'Orders')).toContainText('Alpaca hasn’t canceled it yet; it may still fill.')
    await expect(table(page, 'Orders')).toContainText('Done for day')
  })
})

test.describe('the exchange’s view', () => {
  test('is shown beside ours, with every difference marked and first', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await page.keyboard.press('Alt+4')
    const lines = table(page, 'Reconcile with Alpaca').locator('[role=row][data-key]')
    await expect(lines).toHaveCount(3)
    await expect(lines.nth(0)).toContainText(/AAPL.*100 at 228\.38.*100 at 228\.38.*Match/)
    const status = page.getByRole('status', { name: 'Reconciliation' })
    await expect(status).toHaveText('In sync with Alpaca.')
    const { positions } = await snapshotOf(page)
    await tell('tradingChange', {
      positions: positions.map((held) =>
        held.symbol === 'TSLA' ? { ...held, quantity: toSignedDecimal(new Decimal(-30)) } : held,
      ),
      reconciliation: {
        state: 'differs',
        hasBegun: true,
        at: NOW,
        differences: [{ what: 'position', of: 'TSLA', ours: '-30', theirs: '-20' }],
      },
    })
    await expect(status).toHaveText('1 mismatch.')
    await expect(lines.nth(0)).toContainText(/TSLA.*−30 at 355\.10.*−20 at 355\.10.*Mismatch/)
    await expect(tab(page, 'Reconcile with Alpaca')).toContainText('mismatch')
  })

  test('that is unavailable says why', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await tab(page, 'Reconcile with Alpaca').click()
    await tell('tradingChange', {
      reconciliation: {
        state: 'failed',
        hasBegun: true,
        at: NOW,
        differences: [],
        problem: 'Alpaca does not answer.',
      },
    })
    await expect(page.getByRole('status', { name: 'Reconciliation' })).toContainText(
      'Alpaca does not answer.',
    )
  })
})

test.describe('what may be sent', () => {
  const trading = (page: Page) => page.getByRole('status', { name: 'Trading' })

  test('is halted by two presses, and released by UNLOCK after a minute', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openOrders(page)
    await expect(trading(page)).toHaveText('Trading on')
    await holdTimers(page)
    await page.getByRole('button', { name: 'Kill switch' }).click()
    await expect(trading(page)).toHaveText('Trading on')
    await page.getByRole('button', { name: 'Press again to block orders' }).click()
    await expect(trading(page)).toHaveText('Blocked')
    await page.clock.resume()
    await expect(
      page.getByText('New orders blocked. Kill switch is on. Cancel, close and flatten still work').first(),
    ).toBeVisible()
    await account(page).getByRole('button', { name: 'Turn off kill switch' }).click()
    const dialog = page.getByRole('dialog', { name: 'Turn off kill switch' })
    await dialog.getByLabel('Type UNLOCK').fill('UNLOCK')
    await expect(dialog.getByText('Available in 60 s.')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Turn off' })).toBeDisabled()
    const sentence = 'Kill switch is on. Cancel, close and flatten still work.'
    await tell('tradingChange', {
      trading: {
        state: 'halted',
        reasons: [{ reason: 'kill-switch', sentence, since: NOW - 61_000 }],
      },
    })
    await dialog.getByLabel('Type UNLOCK').fill('unlock')
    await expect(dialog.getByRole('button', { name: 'Turn off' })).toBeDisabled()
    await dialog.getByLabel('Type UNLOCK').fill('UNLOCK')
    await dialog.getByRole('button', { name: 'Turn off' }).click()
    await expect(trading(page)).toHaveText('Trading on')
    await expect(dialog).toHaveCount(0)
  })

  test('is halted by F8 twice wherever the focus is, and F8 leads to the release', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await holdTimers(page)
    await page.keyboard.press('/')
    await page.keyboard.press('F8')
    await expect(trading(page)).toHaveText('Trading on')
    await page.keyboard.press('F8')
    await expect(trading(page)).toHaveText('Blocked')
    await page.keyboard.press('F8')
    await page.clock.resume()
    await expect(page.getByRole('dialog', { name: 'Turn off kill switch' })).toBeVisible()
    await expectAccessible(page)
  })

  test('after the database is lost, the banner says what is gone, and ends only when the limits are confirmed', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    const sentence =
      'This database lacks the events that Signal recorded last. New orders are blocked until you have confirmed the limits.'
    await tell('tradingChange', {
      trading: { state: 'halted', reasons: [{ reason: 'limits-unconfirmed', sentence, since: NOW }] },
    })
    await expect(trading(page)).toHaveText('Blocked')
    await expect(page.getByText(`New orders blocked. ${sentence}`)).toBeVisible()
    await page.getByRole('button', { name: 'Confirm limits…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Confirm your limits' })
    await expect(dialog.getByRole('row', { name: /^Shares per order/ })).toContainText('10,000 shares')
    await expect(dialog.getByRole('row', { name: /^Order value/ })).toContainText('50%, $50,000')
    await expectAccessible(page)
    await tell('refuseNext', [
      {
        code: 'LIMITS_UNCONFIRMED',
        level: 'refuse',
        sentence: 'The limits changed meanwhile. Review them again.',
      },
    ])
    await dialog.getByRole('button', { name: 'Confirm limits' }).click()
    await expect(dialog.getByRole('alert')).toContainText('The limits changed meanwhile')
    await expect(trading(page)).toHaveText('Blocked')
    await dialog.getByRole('button', { name: 'Confirm limits' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(trading(page)).toHaveText('Trading on')
  })

  test('is shown on every screen with its reasons once it is limited', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('tradingChange', {
      trading: {
        state: 'reducing',
        reasons: [{ reason: 'daily-loss', sentence: 'Today’s loss has reached 3 %.', since: NOW - 5_000 }],
      },
    })
    await expect(trading(page)).toHaveText('Close-only')
    await expect(page.getByText('Closing orders only. Today’s loss has reached 3 %.')).toBeVisible()
  })

  test('in the live account is unmistakable: armed until when, and disarmed immediately', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    const view = await (await signalIn(page)).evaluate((signal) => signal.settings.read())
    if (!view.ok) throw new Error('no settings')
    await tell('settings', { settings: { ...view.value.settings, mode: 'live' } })
    await openOrders(page)
    await expect(page).toHaveTitle('LIVE · Orders · Signal')
    const live = page.getByRole('region', { name: 'Live account' })
    await expect(live).toContainText('LIVE account')
    await expect(live).toContainText('Not armed: exits only.')
    await tell('tradingChange', {
      trading: { state: 'active', reasons: [], armedUntil: NOW + 29 * 60_000 + 30_000 },
    })
    await expect(live).toContainText('Armed, expires in 29 min 30 s.')
    await live.getByRole('button', { name: 'Disarm' }).click()
    await expect(live).toContainText('Not armed')
    await expect(messages(page)).toContainText('Live trading disarmed.')
  })
})

test('axe finds nothing on Orders in any theme and palette', async ({ openRenderer }) => {
  test.slow() // four lists, each in six looks
  const { page } = await openRenderer()
  await openOrders(page)
  await page.getByRole('button', { name: /^Edit Buy 50 NVDA/ }).click()
  await page.keyboard.press('Enter')
  await expect(page.locator('form [role=alert]').filter({ hasText: 'No changes.' })).toBeVisible()
  await expectAccessibleInEveryLook(page)
  for (const [key, name] of [
    ['Alt+2', 'Fills'],
    ['Alt+3', 'History'],
    ['Alt+4', 'Reconcile with Alpaca'],
  ] as const) {
    await page.keyboard.press('Escape')
    await page.keyboard.press(key)
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true')
    await expectAccessibleInEveryLook(page)
  }
})

for (const [width, height] of [
  [380, 740],
  [800, 600],
  [1280, 800],
  [1920, 1080],
] as const) {
  test(`everything in Orders fits in a window of ${width} by ${height}`, async ({ openRenderer }) => {
    const { page } = await openRenderer({ width, height })
    await openOrders(page)
    const row = rowOf(page, 'Orders', 'NVDA')
    await expect(row.getByRole('rowheader')).toBeInViewport({ ratio: 1 })
    await expect(row).toContainText('Working')
    await expect(row).toContainText('139.50')
    await expect(page.getByRole('button', { name: /^Cancel Buy 50 NVDA/ })).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('button', { name: 'Kill switch' })).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('button', { name: 'Close AAPL', exact: true })).toBeInViewport({ ratio: 1 })
    await expect.poll(() => page.evaluate<boolean>('document.body.scrollWidth > innerWidth')).toBe(false)
  })
}
