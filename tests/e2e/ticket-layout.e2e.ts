import type { Page } from '@playwright/test'
import type { OrderProblem } from '../../src/shared/trading/problem.ts'
import { field, press, submit, ticket } from '../support/trading-page.ts'
import { chromiumPath, expect, NO_CHROMIUM, NOW, test, type RendererPage } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const stage = async (page: Page, symbol: string, key = 'Alt+b') => {
  await page.getByRole('rowheader', { name: symbol, exact: true }).click()
  await press(page, key)
  await expect(field(page, 'Symbol')).toHaveValue(symbol)
  await expect(field(page, 'Quantity')).toBeFocused()
}

const review = (page: Page) => ticket(page).getByRole('button', { name: /^Review/ })

/** Where the ticket's controls are, from top to bottom. */
const places = (page: Page) =>
  ticket(page)
    .locator('input, select, button')
    .evaluateAll((controls: { getBoundingClientRect(): { top: number } }[]) =>
      controls.map((control) => Math.round(control.getBoundingClientRect().top)),
    )

/** How often a text stands in the ticket, not counting what is only read aloud. */
async function timesTold(page: Page, text: string): Promise<number> {
  const shown = await ticket(page).innerText()
  return shown.split(text).length - 1
}

const refuse = (code: OrderProblem['code'], text: string, more: Partial<OrderProblem> = {}) =>
  ({ code, level: 'refuse', sentence: text, ...more }) as OrderProblem

test('target, stop and the Review button are in sight at 1280 by 800 without scrolling', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer({ width: 1280, height: 800 })
  await stage(page, 'AAPL')
  await press(page, 'Alt+Shift+Digit1')
  for (const name of ['Target', 'Stop loss', 'Stop-limit price']) {
    await expect(field(page, name)).toBeInViewport({ ratio: 1 })
  }
  await expect(review(page)).toBeInViewport({ ratio: 1 })
  await expect(ticket(page).getByLabel('Estimate')).toBeInViewport({ ratio: 1 })
  await press(page, 'Control+Enter')
  await expect(submit(page)).toBeInViewport({ ratio: 1 })
})

interface Fault {
  readonly name: string
  /** What the ticket says, which no other fault says. */
  readonly text: string
  readonly make: (opened: RendererPage) => Promise<void>
}

const typed =
  (name: string, text: string) =>
  async ({ page }: RendererPage) => {
    await field(page, name).fill(text)
    await press(page, 'Control+Enter')
  }
const told =
  (problem: OrderProblem) =>
  async ({ page, tell }: RendererPage) => {
    await tell('problems', [problem])
    await field(page, 'Quantity').fill('101')
  }

const FAULTS: readonly Fault[] = [
  { name: 'a quantity that is no number', text: '“ten” isn’t a number', make: typed('Quantity', 'ten') },
  { name: 'no quantity', text: 'Enter a quantity', make: typed('Quantity', '') },
  { name: 'a price that is no number', text: '“abc” isn’t a number', make: typed('Limit price', 'abc') },
  { name: 'no price', text: 'needs a limit price', make: typed('Limit price', '') },
  { name: 'a price off the tick', text: 'Max 2 decimals', make: typed('Limit price', '228.345') },
  { name: 'a price far from the market', text: 'away from the market', make: typed('Limit price', '500') },
  { name: 'no symbol', text: 'Enter a symbol.', make: typed('Symbol', '') },
  { name: 'no valid symbol', text: 'isn’t a valid symbol', make: typed('Symbol', '12') },
  { name: 'too large a stop', text: 'Must be under 100%.', make: typed('Stop loss', '100') },
  {
    name: 'a stop on the wrong side',
    text: 'Stop must be below entry.',
    make: told(refuse('LEG_ON_WRONG_SIDE', 'Stop must be below entry.', { field: 'stopLoss' })),
  },
  {
    name: 'a limit of the whole order',
    text: 'Rate limit: 5 orders/s.',
    make: told(refuse('RATE_LIMIT_EXCEEDED', 'Rate limit: 5 orders/s.')),
  },
  {
    name: 'a problem of a field that is not in sight',
    text: 'Trail must be under 100%.',
    make: told(refuse('PRICE_TICK_SIZE', 'Trail must be under 100%.', { field: 'trail' })),
  },
  {
    name: 'the kill switch',
    text: 'Kill switch is on',
    make: async ({ page }) => {
      await page.evaluate('signal.trading.halt()')
      await field(page, 'Quantity').fill('101')
    },
  },
  {
    name: 'a feed that is down',
    text: 'Feed down',
    make: async ({ tell }) => tell('connection', { status: 'disconnected' }),
  },
  {
    name: 'reconciling',
    text: 'Reconciling with Alpaca',
    make: async ({ tell }) =>
      tell('tradingChange', {
        trading: {
          state: 'reducing',
          reasons: [{ reason: 'reconciling', sentence: 'Reconciling with Alpaca…', since: NOW }],
        },
      }),
  },
]

for (const { name, text, make } of FAULTS) {
  test(`one cause, one message: ${name}`, async ({ openRenderer }) => {
    const opened = await openRenderer({ width: 1280, height: 800 })
    const { page } = opened
    await stage(page, 'AAPL')
    await press(page, 'Alt+Shift+Digit3')
    await expect(field(page, 'Stop loss')).toHaveValue('1')
    await make(opened)
    await expect(ticket(page)).toContainText(text)
    expect(await timesTold(page, text)).toBe(1)
  })
}

test('a message at a field and one in the message line move no control', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer({ width: 1280, height: 800 })
  await stage(page, 'AAPL')
  await press(page, 'Alt+Shift+Digit1')
  await expect(ticket(page).getByLabel('Estimate')).toContainText('$')
  const before = await places(page)
  for (const [name, text] of [
    ['Quantity', 'ten'],
    ['Quantity', ''],
    ['Limit price', 'abc'],
    ['Stop loss', 'x'],
    ['Target', '-1'],
  ] as const) {
    const kept = await field(page, name).inputValue()
    await field(page, name).fill(text)
    await expect(field(page, name)).toHaveAttribute('aria-invalid', 'true')
    expect(await places(page), `${name} ${text}`).toEqual(before)
    await field(page, name).fill(kept)
    await expect(field(page, name)).toHaveAttribute('aria-invalid', 'false')
  }
  await tell('problems', [refuse('RATE_LIMIT_EXCEEDED', 'Rate limit: 5 orders/s.')])
  await expect(ticket(page)).toContainText('Rate limit')
  expect(await places(page)).toEqual(before)
})

test('Review is off while nothing can be sent, and says why', async ({ openRenderer }) => {
  const { page } = await openRenderer()
  await stage(page, 'AMD')
  await expect(review(page)).toBeEnabled()
  await field(page, 'Quantity').fill('')
  await expect(review(page)).toBeDisabled()
  await expect(review(page)).toHaveAccessibleDescription(/quantity/i)
  await field(page, 'Quantity').fill('10')
  await expect(review(page)).toBeEnabled()
  await field(page, 'Symbol').fill('')
  await expect(review(page)).toBeDisabled()
  await expect(review(page)).toHaveAccessibleDescription('Enter a symbol.')
  await field(page, 'Symbol').fill('AMD')
  await field(page, 'Quantity').focus()
  await page.evaluate('signal.trading.halt()')
  await expect(review(page)).toBeDisabled()
  await expect(review(page)).toHaveAccessibleDescription(/kill switch/i)
})

test('the review lists what must be confirmed and nothing else', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await tell('problems', [
    { code: 'SPREAD_TOO_WIDE', level: 'ask', sentence: 'Spread is 31 bps.' },
    { code: 'MARKET_CLOSED', level: 'tell', sentence: 'Queues for the open.', field: 'timeInForce' },
  ])
  await stage(page, 'AMD')
  await press(page, 'Control+Enter')
  await expect(ticket(page).getByRole('checkbox')).toHaveCount(1)
  expect(await timesTold(page, 'Spread is 31 bps.')).toBe(1)
  await expect(ticket(page)).not.toContainText('Queues for the open.')
})

test.describe('there is one ticket at a time', () => {
  test('once it has its own window, orders are staged there and the panel stays closed', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD')
    await press(page, 'Alt+w')
    await expect(ticket(page)).toHaveCount(0)
    await page.getByRole('rowheader', { name: 'NVDA', exact: true }).click()
    await press(page, 'Alt+Shift+s')
    await page.getByRole('rowheader', { name: 'TSLA', exact: true }).click()
    await press(page, 'Alt+Shift+Digit2', 'Alt+o')
    await expect
      .poll(() => page.evaluate('fake.asked()'))
      .toEqual(['ticket/AMD/buy/join', 'ticket/NVDA/sell/cross', 'ticket/TSLA/buy/join/2', 'ticket'])
    await expect(ticket(page)).toHaveCount(0)
  })

  test('its own window takes the side, the price and the bracket', async ({ openRenderer }) => {
    const { page } = await openRenderer({ hash: '#ticket', width: 400, height: 860 })
    await page.evaluate(`location.hash = '#ticket/NVDA/sell/cross/2'`)
    await expect(field(page, 'Symbol')).toHaveValue('NVDA')
    await expect(ticket(page).getByRole('radio', { name: 'Sell' })).toBeChecked()
    const bid = Number(
      /[\d.]+$/.exec(await ticket(page).getByRole('button', { name: /^Bid/ }).innerText())?.[0],
    )
    await expect(field(page, 'Limit price')).toHaveValue((bid - 0.05).toFixed(2))
    await expect(field(page, 'Target')).toHaveValue('3')
    await expect(field(page, 'Quantity')).toBeFocused()
  })
})

test.describe('a bracket template', () => {
  test('is added to the order in sight by one key, and its exits follow the price', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await stage(page, 'AAPL', 'Alt+s')
    await press(page, 'Alt+Shift+Digit3')
    await expect(field(page, 'Exits')).toHaveValue('bracket')
    await field(page, 'Limit price').fill('230')
    await expect(field(page, 'Stop loss')).toHaveAccessibleDescription('= 232.30')
    await expect(field(page, 'Target')).toHaveAccessibleDescription('= 225.40')
    const buttons = ticket(page).getByRole('group', { name: 'Bracket templates' }).getByRole('button')
    await expect(buttons).toHaveCount(4)
    await expect(buttons.nth(2)).toHaveAttribute('aria-pressed', 'true')
    await buttons.nth(3).click()
    await expect(field(page, 'Stop loss')).toHaveAccessibleDescription('= 230.20')
  })

  test('stages an order to buy while the ticket is closed', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'Alt+Shift+Digit1')
    await expect(ticket(page).getByRole('radio', { name: 'Buy' })).toBeChecked()
    await expect(field(page, 'Stop loss')).toHaveValue('1')
  })
})
