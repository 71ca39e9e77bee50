import type { Locator, Page } from '@playwright/test'
import type { OrderProblem } from '../../src/shared/trading/problem.ts'
import { expectAccessible, expectAccessibleInEveryLook } from '../support/accessibility.ts'
import {
  chromiumPath,
  expect,
  holdTimers,
  NO_CHROMIUM,
  NOW,
  test,
  type RendererPage,
} from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const ticket = (page: Page) => page.getByRole('form', { name: 'Order ticket' })
const field = (page: Page, name: string) => ticket(page).getByLabel(name, { exact: true })
const submit = (page: Page) => ticket(page).getByRole('button', { name: /^Submit/ })
const sentence = (page: Page) => ticket(page).locator('[data-review]')
const sentOrder = (page: Page) =>
  ticket(page).getByRole('region', { name: 'Sent orders' }).getByRole('listitem').first()

interface Submission {
  readonly intent: string
  readonly accepted: readonly string[]
  readonly draft: Record<string, unknown>
}
const submissions = (page: Page) => page.evaluate<readonly Submission[]>('fake.submissions()')

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

/** The default quantity of a new order. */
const FIRST_PRESET = '100'

/** Moves to a row of the grid and presses a key there. */
async function stage(page: Page, symbol: string, key: string): Promise<void> {
  await page.getByRole('rowheader', { name: symbol, exact: true }).click()
  await press(page, `Alt+${key}`)
  await expect(ticket(page)).toBeVisible()
  await expect(field(page, 'Symbol')).toHaveValue(symbol)
}

/** Presses Tab until a control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (
      await control.evaluate((element: { matches(selector: string): boolean }) => element.matches(':focus'))
    )
      return
    await press(page, 'Tab')
  }
  throw new Error('the Tab key does not come by')
}

const ask = (code: OrderProblem['code'], text: string): OrderProblem => ({
  code,
  level: 'ask',
  sentence: text,
})

/** Switches the account behind the window. */
async function goLive({ page, tell }: RendererPage): Promise<void> {
  const { value } = await page.evaluate<{ value: { settings: object } }>('signal.settings.read()')
  await tell('settings', { settings: { ...value.settings, mode: 'live' } as never })
}

test.describe('by keyboard alone', () => {
  test('an order is staged, adjusted, reviewed, sent and canceled, and the focus returns to its row', async ({
    openRenderer,
  }) => {
    const { page, tell, complaints } = await openRenderer()
    await tell('row', 'AMD', { bid: '138.66' as never, ask: '138.68' as never })
    await press(page, 'Alt+g', 'ArrowDown')
    await page.keyboard.type('amd')
    const amd = page.getByRole('rowheader', { name: 'AMD', exact: true })
    await expect(amd).toBeFocused()
    await press(page, 'Alt+b')
    await expect(field(page, 'Quantity')).toBeFocused()
    await expect(field(page, 'Quantity')).toHaveValue(FIRST_PRESET)
    await expect(field(page, 'Limit price')).toHaveValue('138.66')
    await expect(ticket(page).getByRole('radio', { name: 'Buy' })).toBeChecked()
    await press(page, ']', ']', '[', 'ArrowUp')
    await expect(field(page, 'Quantity')).toHaveValue('300')
    await tabTo(page, field(page, 'Limit price'))
    await press(page, 'ArrowUp', 'Shift+ArrowUp', 'ArrowDown')
    await expect(field(page, 'Limit price')).toHaveValue('138.76')
    await press(page, 'Control+l')
    await expect(field(page, 'Limit price')).toHaveValue('140.14')
    await press(page, 'Control+j')
    await expect(field(page, 'Limit price')).toHaveValue('138.74')
    await press(page, 'Control+t', 'Control+t', 'Control+t', 'Control+t', 'Control+t')
    await expect(field(page, 'Order type')).toHaveValue('limit')
    await field(page, 'Quantity').fill('100')
    await press(page, 'Control+Enter')
    await expect(sentence(page)).toContainText(/buy 100 AMD.*138\.74/i)
    await expect(sentence(page)).toContainText('DEMO …4821')
    await expect(submit(page)).toBeFocused()
    await press(page, 'Enter')
    await expect(sentOrder(page)).toContainText('Buy 100 AMD limit 138.74')
    await expect(sentOrder(page)).toContainText('Accepted')
    await expect(amd).toBeFocused()
    await tell('workOrders', 1)
    await expect(sentOrder(page)).toContainText('Working')
    await tell('workOrders', 1)
    await expect(sentOrder(page)).toContainText('40 of 100 filled at 138.74, rest working')
    await press(page, 'Alt+x')
    await expect(sentOrder(page)).toContainText('Canceled, 40 of 100 filled')
    expect(await submissions(page)).toMatchObject([
      {
        draft: {
          symbol: 'AMD',
          side: 'buy',
          type: 'limit',
          quantity: '100',
          limitPrice: '138.74',
          timeInForce: 'day',
        },
      },
    ])
    expect(complaints).toEqual([])
  })

  test('Shift crosses with a collar, and a position is closed whole', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('row', 'AMD', { bid: '138.66' as never, ask: '138.68' as never })
    await stage(page, 'AMD', 'Shift+B')
    await expect(field(page, 'Limit price')).toHaveValue('138.73')
    await press(page, 'Escape')
    await stage(page, 'AMD', 'Shift+S')
    await expect(field(page, 'Limit price')).toHaveValue('138.61')
    await expect(ticket(page).getByRole('radio', { name: 'Sell' })).toBeChecked()
    await press(page, 'Escape')
    await stage(page, 'TSLA', 'b') // the position is 20 short
    await expect(field(page, 'Quantity')).toHaveValue('20')
  })

  test('Escape goes back from the review, then closes the ticket, and returns the focus', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(sentence(page)).toBeVisible()
    await press(page, 'Escape')
    await expect(field(page, 'Quantity')).toHaveValue('100')
    await field(page, 'Quantity').focus()
    await press(page, 'Escape')
    await expect(ticket(page)).toHaveCount(0)
    await expect(page.getByRole('rowheader', { name: 'AMD', exact: true })).toBeFocused()
  })

  test('each key appears once in the list of all keys of a screen', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await press(page, '?')
    const everywhere = page
      .getByRole('dialog', { name: 'Shortcuts' })
      .locator('section', { hasText: 'Global' })
    const keys = await everywhere
      .getByRole('listitem')
      .evaluateAll((lines: { innerText: string }[]) =>
        lines.map(({ innerText }) => innerText.split('\n').slice(1).join('+')),
      )
    expect(keys.length).toBeGreaterThan(15)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })
})

test.describe('a field', () => {
  const BAD: readonly (readonly [field: string, text: string, description: RegExp])[] = [
    ['Limit price', 'abc', /“abc” isn’t a number/],
    ['Limit price', '1e9', /Use plain digits/],
    ['Limit price', '-1', /must be above 0/],
    ['Limit price', '0.00001', /Max 4 decimals: 0\.0001/],
    ['Limit price', '228.345', /Max 2 decimals: 228\.35 or 228\.34/],
    ['Limit price', '0.12345', /Max 4 decimals/],
    ['Limit price', '', /needs a limit price/],
    ['Quantity', 'ten', /“ten” isn’t a number/],
    ['Quantity', '1e9', /Use plain digits/],
    ['Quantity', '-1', /must be above 0/],
    ['Quantity', '99999999999', /Too large/],
    ['Quantity', '', /Enter a quantity/],
    ['Target', 'x', /isn’t a number/],
    ['Stop loss', '100', /under 100%/],
    ['Stop-limit price', '1.005', /Max 2 decimals/],
    ['Symbol', '12', /isn’t a valid symbol/],
  ]

  test('rejects invalid text with a sentence beside it, and sends nothing', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await field(page, 'Exits').selectOption('bracket')
    await field(page, 'Unit of the stop').selectOption('percent')
    await field(page, 'Stop loss').fill('1')
    for (const [name, text, description] of BAD) {
      const before = await field(page, name).inputValue()
      await field(page, name).fill(text)
      await press(page, 'Control+Enter')
      await expect(field(page, name), `${name} ${text}`).toHaveAttribute('aria-invalid', 'true')
      await expect(field(page, name)).toHaveAccessibleDescription(description)
      await expect(sentence(page)).toHaveCount(0)
      if (name === 'Symbol') break
      await field(page, name).fill(before)
    }
    expect(await submissions(page)).toEqual([])
  })

  test('takes pasted dollars and decimal commas, and says how it read them', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await field(page, 'Limit price').fill('138,34')
    await expect(field(page, 'Limit price')).toHaveAccessibleDescription('Read as 138.34')
    await field(page, 'Limit price').fill(' $138.50 ')
    await field(page, 'Quantity').fill('1,000')
    await expect(field(page, 'Quantity')).toHaveAccessibleDescription('Read as 1,000')
    await field(page, 'Quantity').fill('1 0')
    await expect(field(page, 'Quantity')).toHaveAccessibleDescription(/Ambiguous number/)
    await field(page, 'Quantity').fill('10')
    await press(page, 'Control+Enter')
    await expect(submit(page)).toBeFocused()
    await press(page, 'Enter')
    await expect(sentOrder(page)).toContainText('Buy 10 AMD limit 138.50')
  })

  test('offers valid values, by one key', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await field(page, 'Limit price').fill('138.345')
    await expect(ticket(page).getByRole('button', { name: /^Use 138\.34/ })).toBeVisible()
    await press(page, 'Alt+2')
    await expect(field(page, 'Limit price')).toHaveValue('138.34')
    await expect(field(page, 'Limit price')).toHaveAttribute('aria-invalid', 'false')
  })

  test('in dollars, percent of buying power or risk becomes whole shares, and says so', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await field(page, 'Limit price').fill('100')
    await field(page, 'Unit of the quantity').selectOption('dollars')
    await field(page, 'Quantity').fill('$2,550')
    await expect(field(page, 'Quantity')).toHaveAccessibleDescription(/25 sh at \$100\.00/)
    await field(page, 'Unit of the quantity').selectOption('power')
    await field(page, 'Quantity').fill('1')
    await expect(field(page, 'Quantity')).toHaveAccessibleDescription(/^18 sh, \$1,8\d\d\.\d\d at \$100\.00$/)
    await field(page, 'Exits').selectOption('bracket')
    await field(page, 'Unit of the stop').selectOption('price')
    await field(page, 'Stop loss').fill('98')
    await field(page, 'Unit of the quantity').selectOption('risk')
    await field(page, 'Quantity').fill('101')
    await expect(field(page, 'Quantity')).toHaveAccessibleDescription('50 sh, $2.00 risk/share')
  })

  test('takes a clicked price of the quote', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('row', 'AMD', { bid: '138.66' as never, ask: '138.68' as never })
    await stage(page, 'AMD', 'b')
    await ticket(page).getByRole('button', { name: /^Ask/ }).click()
    await expect(field(page, 'Limit price')).toHaveValue('138.68')
    await field(page, 'Order type').selectOption('stop')
    await ticket(page).getByRole('button', { name: /^Bid/ }).click()
    await expect(field(page, 'Stop price')).toHaveValue('138.66')
    await press(page, 'Control+Enter')
    await expect(sentence(page)).toContainText('138.66')
    await expect(ticket(page).getByRole('button', { name: /^Ask/ })).toBeDisabled()
  })

  test('keeps its text and the focus while prices tick, orders fill and rows arrive', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await field(page, 'Limit price').fill('138.1')
    for (let ticks = 0; ticks < 5; ticks += 1) {
      await tell('tick')
      await tell('reprice')
    }
    await expect(field(page, 'Limit price')).toBeFocused()
    await expect(field(page, 'Limit price')).toHaveValue('138.1')
  })
})

test.describe('an unavailable option', () => {
  test('says why', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    const extended = field(page, 'Extended hours')
    await expect(extended).toBeEnabled()
    await field(page, 'Order type').selectOption('market')
    await expect(extended).toBeDisabled()
    await expect(extended).toHaveAccessibleDescription('Extended hours: limit orders only.')
    await field(page, 'Order type').selectOption('trailing_stop')
    await expect(field(page, 'Time in force').getByRole('option', { name: /^FOK/ })).toHaveText(
      'FOK (fill or kill) - FOK: market and limit orders only',
    )
    await expect(field(page, 'Exits').getByRole('option', { name: /Bracket/ })).toBeDisabled()
    await expect(field(page, 'Trail amount')).toBeVisible()
    await expect(field(page, 'Limit price')).toHaveCount(0)
  })
})

test.describe('an order is sent once', () => {
  test('however long Enter is held, however often the button is clicked', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('answerSubmits', false)
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(submit(page)).toBeFocused()
    for (let held = 0; held < 10; held += 1) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await press(page, 'Enter', 'Control+Enter')
    await ticket(page).getByRole('button', { name: 'Sending' }).dispatchEvent('click')
    await tell('answerSubmits', true)
    await expect(sentOrder(page)).toContainText('Accepted')
    expect(await submissions(page)).toHaveLength(1)
  })

  test('on a double click', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await submit(page).dblclick()
    await expect(sentOrder(page)).toContainText('Accepted')
    expect(await submissions(page)).toHaveLength(1)
  })

  test('when Enter is held from the review button on, it is shown and not sent', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await ticket(page)
      .getByRole('button', { name: /^Review/ })
      .focus()
    await page.keyboard.down('Enter')
    await expect(submit(page)).toBeFocused()
    for (let held = 0; held < 10; held += 1) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await expect(sentence(page)).toBeVisible()
    expect(await submissions(page)).toEqual([])
  })

  test('and the next one has its own id', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    for (const symbol of ['AMD', 'AMD']) {
      await stage(page, symbol, 'b')
      await press(page, 'Control+Enter')
      await expect(submit(page)).toBeFocused()
      await press(page, 'Enter')
      await expect(sentOrder(page)).toContainText('Accepted')
    }
    const [first, second] = await submissions(page)
    expect(first?.intent).not.toBe(second?.intent)
  })

  test('directly if the review is off, unless something must be confirmed', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    const { value } = await page.evaluate<{ value: { settings: object } }>('signal.settings.read()')
    await tell('settings', { settings: { ...value.settings, reviewOrders: false } as never })
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(sentOrder(page)).toContainText('Accepted')
    await expect(field(page, 'Quantity')).toHaveValue('')
    await tell('problems', [ask('SPREAD_TOO_WIDE', 'The spread is 31 bps.')])
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(ticket(page).getByRole('checkbox', { name: /The spread is 31 bps/ })).toBeFocused()
    await expect(ticket(page).getByRole('region', { name: 'Sent orders' }).getByRole('listitem')).toHaveCount(
      1,
    )
  })
})

test.describe('problems', () => {
  test('are shown at their fields, and one key fixes them', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('row', 'AMD', { bid: '138.66' as never, ask: '138.68' as never })
    await stage(page, 'AMD', 'b')
    await field(page, 'Limit price').fill('200')
    await expect(field(page, 'Limit price')).toHaveAccessibleDescription(/more than 5 % away/)
    await expect(field(page, 'Limit price')).toHaveAttribute('aria-invalid', 'true')
    await press(page, 'Control+Enter')
    await expect(sentence(page)).toHaveCount(0)
    await press(page, 'Alt+1')
    await expect(field(page, 'Limit price')).toHaveValue('138.67')
  })

  test('of the whole order are shown in a banner; a fix cancels the order in the way', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await stage(page, 'NVDA', 's') // an order to buy it is already open
    await expect(ticket(page)).toContainText('Your own order to buy NVDA rests on the other side.')
    await ticket(page)
      .getByRole('button', { name: /^Cancel it first/ })
      .click()
    await expect(ticket(page)).not.toContainText('rests on the other side')
  })

  test('that need confirmation are ticked in the review before it can be sent', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('problems', [ask('SPREAD_TOO_WIDE', 'The spread is 31 bps, over your 20.')])
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    const question = ticket(page).getByRole('checkbox', { name: /The spread is 31 bps/ })
    await expect(question).toBeFocused()
    await expect(submit(page)).toBeDisabled()
    await press(page, 'Enter')
    expect(await submissions(page)).toEqual([])
    await press(page, 'Space')
    await expect(submit(page)).toBeEnabled()
    await press(page, 'Enter')
    await expect(sentOrder(page)).toContainText('Accepted')
    expect(await submissions(page)).toMatchObject([{ accepted: ['SPREAD_TOO_WIDE'] }])
  })

  test('that Alpaca answers with stay until the order is changed', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('refuseNext', [
      { code: 'REFUSED_BY_ALPACA', level: 'refuse', sentence: 'Rejected by Alpaca: account is restricted.' },
    ])
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(submit(page)).toBeFocused()
    await press(page, 'Enter')
    await expect(ticket(page)).toContainText('Rejected by Alpaca: account is restricted.')
    await expect(ticket(page).getByRole('region', { name: 'Sent orders' })).toHaveCount(0)
    await press(page, 'Escape')
    await field(page, 'Quantity').fill('90')
    await expect(ticket(page)).not.toContainText('account is restricted')
  })
})

test.describe('after sending', () => {
  test('an unconfirmed order says that it is being looked up and must not be sent again', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await tell('nextOrder', 'unconfirmed', 'The connection broke off.')
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(submit(page)).toBeFocused()
    await press(page, 'Enter')
    await expect(sentOrder(page)).toContainText('don’t resend. The connection broke off.')
    await expect(field(page, 'Quantity')).toHaveValue('')
  })

  test('after main fails midway, the same order is sent again, never a second one', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(submit(page)).toBeFocused()
    await tell('failNextSubmit')
    await press(page, 'Enter')
    await expect(ticket(page).getByRole('alert').first()).toContainText(
      'Sending again won’t create a second order',
    )
    await press(page, 'Enter')
    await expect(sentOrder(page)).toContainText('Accepted')
    const [first, second] = await submissions(page)
    expect(second?.intent).toBe(first?.intent)
  })

  test('another account starts with an empty ticket, whatever was reviewed for the one before', async ({
    openRenderer,
  }) => {
    const opened = await openRenderer()
    const { page } = opened
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(sentence(page)).toContainText('DEMO')
    await goLive(opened)
    await expect(sentence(page)).toHaveCount(0)
    await expect(field(page, 'Symbol')).toHaveValue('')
    await expect(field(page, 'Quantity')).toHaveValue('')
  })

  test('a rejected order says why, and the ticket keeps it to be fixed', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('nextOrder', 'rejected', 'Alpaca: insufficient buying power.')
    await stage(page, 'AMD', 'b')
    await press(page, 'Control+Enter')
    await expect(submit(page)).toBeFocused()
    await press(page, 'Enter')
    await expect(sentOrder(page)).toContainText('Rejected. Alpaca: insufficient buying power.')
    await expect(field(page, 'Quantity')).toHaveValue('100')
  })
})

test('a bracket shows its risk in dollars and its gain in R, and sends both exits', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await tell('row', 'AMD', { bid: '138.66' as never, ask: '138.68' as never })
  await stage(page, 'AMD', 'b')
  await field(page, 'Exits').selectOption('bracket')
  await field(page, 'Unit of the stop').selectOption('price')
  await field(page, 'Stop loss').fill('137.66')
  await field(page, 'Target').fill('2.5')
  await expect(field(page, 'Target')).toHaveAccessibleDescription('= 141.16')
  await expect(ticket(page)).toContainText('Risk at stop$100.00')
  await expect(ticket(page)).toContainText('Reward at target$250.00, 2.5 R')
  await press(page, 'Control+Enter')
  await expect(sentence(page)).toContainText('141.16')
  await expect(sentence(page)).toContainText('137.66')
  await expect(submit(page)).toBeFocused()
  await press(page, 'Enter')
  await expect(sentOrder(page)).toContainText('Accepted')
  expect(await submissions(page)).toMatchObject([
    {
      draft: {
        orderClass: 'bracket',
        takeProfit: { limitPrice: '141.16' },
        stopLoss: { stopPrice: '137.66' },
      },
    },
  ])
})

test('the exits of a position close all of it, and have no limit price but their target', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await tell('row', 'TSLA', { bid: '354.37' as never, ask: '354.41' as never })
  await stage(page, 'TSLA', 's') // the position is 20 short, so the exits buy
  await field(page, 'Exits').selectOption('oco')
  await expect(ticket(page).getByRole('radio', { name: 'Buy' })).toBeChecked()
  await expect(field(page, 'Quantity')).toHaveValue('20')
  await expect(field(page, 'Limit price')).toHaveCount(0)
  await field(page, 'Unit of the target').selectOption('percent')
  await field(page, 'Target').fill('2')
  await field(page, 'Unit of the stop').selectOption('percent')
  await field(page, 'Stop loss').fill('1')
  await press(page, 'Control+Enter')
  await expect(submit(page)).toBeFocused()
  await press(page, 'Enter')
  await expect(sentOrder(page)).toContainText('Accepted')
  const [sent] = await submissions(page)
  expect(sent?.draft).toMatchObject({
    orderClass: 'oco',
    side: 'buy',
    quantity: '20',
    takeProfit: { limitPrice: '347.33' },
    stopLoss: { stopPrice: '357.95' },
  })
  expect(sent?.draft).not.toHaveProperty('limitPrice')
})

test.describe('the live account', () => {
  test('is unmistakable, and is armed by the last four digits of its number', async ({ openRenderer }) => {
    const opened = await openRenderer()
    const { page } = opened
    await goLive(opened)
    await stage(page, 'AMD', 'b')
    await expect(ticket(page)).toContainText('LIVE')
    expect(await page.content()).not.toContain('4821')
    await expect(ticket(page)).toContainText('LIVE, not armed')
    await press(page, 'Control+Enter')
    await expect(sentence(page)).toHaveCount(0)
    await expect(ticket(page)).toContainText('Live trading isn’t armed.')
    await press(page, 'Alt+1')
    const dialog = page.getByRole('dialog', { name: 'Arm live trading' })
    await page.keyboard.type('1234')
    await press(page, 'Enter')
    await expect(dialog.getByRole('alert')).toContainText('doesn’t end with 1234. Next try in 1 s.')
    await dialog.getByRole('textbox').fill('4821')
    await press(page, 'Enter')
    await expect(dialog).toHaveCount(0)
    await expect(ticket(page)).toContainText(/armed until \d\d:\d\d ET/)
    await field(page, 'Quantity').focus()
    await press(page, 'Control+Enter')
    await expect(sentence(page)).toContainText('LIVE')
    await expectAccessible(page)
  })

  test('is not armed by an unsafe Signal unless the trader reads why and insists', async ({
    openRenderer,
  }) => {
    const opened = await openRenderer()
    const { page, tell } = opened
    await goLive(opened)
    await tell('unsafeRuntime', [
      { code: 'no-security-updates', sentence: 'Electron 33.2.1 no longer gets security fixes.' },
      { code: 'debugging', sentence: 'A debugging port is open.' },
    ])
    await stage(page, 'AMD', 'b')
    await ticket(page).getByRole('button', { name: 'Arm', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Arm live trading' })
    await expect(dialog).toContainText('Electron 33.2.1 no longer gets security fixes.')
    await expect(dialog).toContainText('A debugging port is open.')
    await dialog.getByRole('textbox').fill('4821')
    await expect(dialog.getByRole('button', { name: 'Arm' })).toBeDisabled()
    await press(page, 'Enter')
    await expect(ticket(page)).toContainText('not armed')
    await dialog.getByRole('checkbox', { name: /Arm anyway/ }).check()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Arm' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(ticket(page)).toContainText(/LIVE, armed until/)
  })

  test('a debugger that was opened after the dialog is told before anything is armed', async ({
    openRenderer,
  }) => {
    const opened = await openRenderer()
    const { page, tell } = opened
    await goLive(opened)
    await stage(page, 'AMD', 'b')
    await ticket(page).getByRole('button', { name: 'Arm', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Arm live trading' })
    await dialog.getByRole('textbox').fill('4821')
    await tell('unsafeRuntime', [{ code: 'debugging', sentence: 'A debugging port is open.' }])
    await dialog.getByRole('button', { name: 'Arm' }).click()
    await expect(dialog).toContainText('A debugging port is open.')
    await expect(dialog.getByRole('alert')).toContainText('Accept the risks above')
    await expect(ticket(page)).toContainText('not armed')
  })
})

test.describe('the emergency keys', () => {
  test('flatten on the second press, while a field is being filled in, and from a dialog', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await field(page, 'Limit price').focus()
    await holdTimers(page)
    await press(page, 'F6')
    await expect(page.getByLabel('Messages')).toHaveText(
      /^Press F6 again to flatten: cancel 1 order, close 2 positions \(\$[\d,]+\)\.$/,
    )
    await press(page, 'F6')
    await expect(page.getByLabel('Messages')).toContainText('Canceled 1 orders and closed 2 positions.')
  })

  test('cancel all orders with F7, from a dialog too', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await press(page, 'Control+k')
    await expect(page.getByRole('dialog', { name: 'Search commands' })).toBeVisible()
    await press(page, 'F7')
    await expect(page.getByLabel('Messages')).toContainText('Canceled: Buy 50 NVDA')
  })
})

test.describe('odd moments', () => {
  test('a halt, a closed market, a feed that is down and a pending comparison are reported in words', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await tell('halt', 'AMD', { code: 'T1', reason: 'Halt News Pending', at: NOW })
    await expect(ticket(page)).toContainText('Halt News Pending (T1). Orders queue until trading resumes.')
    await tell('session', { phase: 'closed', day: '2024-11-25', earlyClose: false, closedFor: 'weekend' })
    await expect(ticket(page)).toContainText('Market closed (weekend).')
    await tell('connection', { status: 'disconnected' })
    await expect(ticket(page)).toContainText('Feed down; quote may be stale. Exits only.')
    await tell('tradingChange', {
      trading: {
        state: 'reducing',
        reasons: [{ reason: 'reconciling', sentence: 'Reconciling with Alpaca…', since: NOW }],
      },
    })
    await expect(ticket(page)).toContainText('Reconciling with Alpaca…')
    await expect(ticket(page)).toContainText('Closing orders are allowed.')
  })

  test('a symbol off the watchlist gets prices, and a ticket without a symbol says what to do', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer({ hash: '#ticket', width: 400, height: 860 })
    await expect(ticket(page)).toContainText('Enter a symbol.')
    await field(page, 'Symbol').fill('ibm')
    await expect(ticket(page).getByRole('region', { name: 'Quote of IBM' })).toBeVisible()
    await field(page, 'Quantity').focus()
    await expect(field(page, 'Limit price')).not.toHaveValue('')
  })
})

test.describe('its own window', () => {
  test('shows the ticket alone with its symbol, names the account in its title, and takes another symbol', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer({ hash: '#ticket/TSLA', width: 400, height: 860 })
    await expect(field(page, 'Symbol')).toHaveValue('TSLA')
    await expect(page).toHaveTitle('DEMO …4821 · Order ticket TSLA · Signal')
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Connected')
    await expect(page.getByRole('grid')).toHaveCount(0)
    await page.evaluate(`location.hash = '#ticket/NVDA'`)
    await expect(field(page, 'Symbol')).toHaveValue('NVDA')
    await expectAccessible(page)
  })

  test('is opened from the panel', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await stage(page, 'AMD', 'b')
    await press(page, 'Alt+w')
    await expect.poll(() => page.evaluate('fake.asked()')).toEqual(['ticket/AMD/buy/join'])
    await expect(ticket(page)).toHaveCount(0)
  })
})

test.describe('looks', () => {
  test('are accessible in each theme and palette', async ({ openRenderer }) => {
    test.slow() // the form and the review, each in six looks
    const { page, tell } = await openRenderer()
    await tell('problems', [ask('SPREAD_TOO_WIDE', 'The spread is 31 bps.')])
    await stage(page, 'AAPL', 's')
    await field(page, 'Exits').selectOption('bracket')
    await field(page, 'Limit price').fill('228.345')
    await expect(field(page, 'Limit price')).toHaveAttribute('aria-invalid', 'true')
    await expectAccessibleInEveryLook(page)
    await press(page, 'Alt+1', 'Control+Enter')
    await expect(sentence(page)).toBeVisible()
    await expectAccessibleInEveryLook(page)
  })

  for (const [width, height] of [
    [380, 740],
    [640, 400],
  ] as const) {
    // prettier-ignore
    test(`fit into ${width} by ${height}`, async ({ openRenderer }) => {
      const { page } = await openRenderer({ width, height })
      await page.getByRole('rowheader', { name: 'AMD', exact: true }).focus()
      await press(page, 'Alt+b')
      await expect(field(page, 'Quantity')).toBeFocused()
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await tabTo(page, field(page, 'Exits'))
      await expect(field(page, 'Exits')).toBeInViewport()
      await press(page, 'Control+Enter')
      await expect(submit(page)).toBeInViewport()
      await expectAccessible(page)
    })
  }
})
