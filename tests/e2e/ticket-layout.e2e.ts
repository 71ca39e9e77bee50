import type { Page } from '@playwright/test'
import type { OrderProblem } from '../../src/shared/trading/problem.ts'
import { field, press, submit, ticket } from '../support/trading-page.ts'
import { watchShifts } from '../support/standing-still.ts'
import { chromiumPath, expect, NO_CHROMIUM, NOW, test, type RendererPage } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const stage = async (page: Page, symbol: string, key = 'Alt+b') => {
  await page.getByRole('rowheader', { name: symbol, exact: true }).click()
  await press(page, key)
  await expect(field(page, 'Symbol')).toHaveValue(symbol)
  await expect(field(page, 'Quantity')).toBeFocused()
}

const review = (page: Page) => ticket(page).getByRole('button', { name: /^Review/ })

/** Where the ticket's controls are, from its first one down: the least window scrolls to what is filled in. */
const places = (page: Page) =>
  ticket(page)
    .locator('input, select, button')
    .evaluateAll((controls: { getBoundingClientRect(): { top: number } }[]) =>
      controls.map(
        (control) =>
          Math.round(control.getBoundingClientRect().top) -
          Math.round(controls[0]?.getBoundingClientRect().top ?? 0),
      ),
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

/** The ticket beside the grid, in its own window, and in the least window. */
const PLACES = [
  ['beside the grid', { width: 1280, height: 800 }],
  ['in its own window', { width: 380, height: 740, hash: '#ticket/AAPL' }],
  ['in the least window', { width: 640, height: 400 }],
] as const

for (const [where, options] of PLACES) {
  test(`long messages move nothing ${where}, and are told in full`, async ({ openRenderer }) => {
    const { page, tell } = await openRenderer(options)
    if ('hash' in options) await expect(field(page, 'Limit price')).not.toHaveValue('')
    else await stage(page, 'AAPL')
    await press(page, 'Alt+Shift+Digit1')
    await expect(ticket(page).getByLabel('Estimate')).toContainText('$')
    const before = await places(page)
    const expectStill = await watchShifts(page)
    const long = (what: string) =>
      `${what}, told in so many words that no ticket has room for them on one line.`
    await tell('problems', [
      refuse('QUANTITY_EXCEEDS_LIMIT', long('Too many shares'), { field: 'quantity' }),
      refuse('PRICE_TICK_SIZE', 'Max 2 decimals', { field: 'limitPrice' }),
      refuse('PRICE_OUTSIDE_BAND', long('The price is far away'), { field: 'limitPrice' }),
      refuse('LEG_ON_WRONG_SIDE', long('The stop is on the wrong side'), { field: 'stopLoss' }),
      refuse('TIME_IN_FORCE_NOT_ALLOWED', long('It can’t last that long'), { field: 'timeInForce' }),
      refuse('SHORT_NOT_ALLOWED', long('It would be a short sale'), { field: 'side' }),
      { code: 'SPREAD_TOO_WIDE', level: 'ask', sentence: long('The spread is wide') },
    ])
    await field(page, 'Quantity').fill('101')
    await field(page, 'Stop-limit price').fill('no price at all')
    await expect(ticket(page)).toContainText('The spread is wide')
    await expect(ticket(page)).toContainText('Stop-limit price: “no price at all” isn’t a number')
    await expectStill('messages came')
    expect(await places(page)).toEqual(before)
    await expect(field(page, 'Quantity')).toHaveAccessibleDescription(long('Too many shares'))
    await expect(field(page, 'Limit price')).toHaveAccessibleDescription(
      `Max 2 decimals ${long('The price is far away')}`,
    )
    await tell('problems', [])
    await field(page, 'Stop-limit price').fill('')
    await field(page, 'Quantity').fill('100')
    await expect(ticket(page)).not.toContainText('The spread is wide')
    await expectStill('messages went')
    expect(await places(page)).toEqual(before)
  })

  test(`the side with its keys and the chosen exits are read in full ${where}`, async ({ openRenderer }) => {
    const { page } = await openRenderer(options)
    if ('hash' in options) await expect(field(page, 'Limit price')).not.toHaveValue('')
    else await stage(page, 'AAPL')
    await press(page, 'Alt+Shift+Digit1')
    await expect(field(page, 'Exits')).toHaveValue('bracket')
    for (const radio of ['Buy', 'Sell']) {
      await ticket(page).getByRole('radio', { name: radio }).dispatchEvent('click')
      expect(await page.evaluate(OUTSIDE_SIDES), radio).toEqual([])
    }
    expect(await page.evaluate(ROOM_LEFT)).toBeGreaterThanOrEqual(0)
  })
}

/** Runs in the page: words and keys of the sides that are not wholly inside their side, or cover one another. */
const OUTSIDE_SIDES = `[...document.querySelectorAll('[aria-label=Side] label')].flatMap((side) => {
  const box = side.getBoundingClientRect()
  const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT)
  const parts = []
  while (walker.nextNode()) {
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    const { left, right } = range.getBoundingClientRect()
    if (right > left) parts.push({ text: walker.currentNode.data, left, right })
  }
  return parts.filter(({ left, right }, at) => left < box.left || right > box.right || left < (parts[at - 1]?.right ?? 0))
    .map(({ text }) => text)
})`

/** Runs in the page: room that the chosen exits leave in their list, px, next to its arrow of 18. */
const ROOM_LEFT = `(() => {
  const list = document.getElementById('ticket-class')
  const { font, paddingLeft, paddingRight } = getComputedStyle(list)
  const pen = document.createElement('canvas').getContext('2d')
  pen.font = font
  const text = pen.measureText(list.selectedOptions[0].text).width
  return list.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - 18 - text
})()`

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

  test('its own window takes a closed order and a stop at break-even', async ({ openRenderer }) => {
    const { page } = await openRenderer({ hash: '#ticket', width: 400, height: 860 })
    await page.evaluate(`location.hash = '#ticket/again/earlier-msft'`)
    await expect(field(page, 'Symbol')).toHaveValue('MSFT')
    await expect(field(page, 'Quantity')).toHaveValue('10')
    await expect(field(page, 'Limit price')).toHaveValue('431.00')
    await page.evaluate(`location.hash = '#ticket/break-even/TSLA'`)
    await expect(field(page, 'Symbol')).toHaveValue('TSLA')
    await expect(ticket(page).getByRole('radio', { name: 'Buy' })).toBeChecked()
    await expect(field(page, 'Quantity')).toHaveValue('20')
    await expect(field(page, 'Stop price')).toHaveValue('355.10')
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
