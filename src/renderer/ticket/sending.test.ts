import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OrderCheck } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { DEFAULT_SETTINGS } from '#shared/settings'
import { useSettings } from '../stores/settings.ts'
import { goOn, review } from './sending.ts'
import { BLANK_FORM } from './ticket-form.ts'
import { editForm, tellTicket, useTicket } from './ticket-store.ts'

const form = { ...BLANK_FORM, symbol: 'AAPL', quantity: '100', limitPrice: '229.85' }
let sent: unknown[]
/** Answers the checks that wait. */
let answer: (check: Result<OrderCheck, never>) => void

beforeEach(() => {
  sent = []
  const trading = {
    check: () => new Promise((resolve) => (answer = resolve)),
    submit: (order: unknown) => {
      sent.push(order)
      return new Promise(() => {})
    },
  }
  vi.stubGlobal('window', { signal: { trading } })
  tellTicket({ kind: 'reset', nextIntent: 'first' })
  tellTicket({ kind: 'staged', form })
})
afterEach(() => vi.unstubAllGlobals())

const FINE = ok({ problems: [], whatIf: {} })

test('an order that was changed while the checks looked at it is not shown as if they had seen it', async () => {
  const reviewing = review()
  editForm((now) => ({ ...now, side: 'sell', quantity: '200' }))
  answer(FINE)
  await reviewing
  expect(useTicket.getState()).toMatchObject({ step: 'edit', form: { side: 'sell', quantity: '200' } })
})

test('an order that was changed after the key that sends was pressed is not sent by that key', async () => {
  useSettings.setState({
    view: {
      settings: { ...DEFAULT_SETTINGS, reviewOrders: false },
      fixed: {},
      credentials: [],
      database: { kind: 'file', hasPassword: false },
      encryptionAvailable: true,
      warnings: [],
    },
  })
  const going = goOn()
  editForm((now) => ({ ...now, quantity: '2000' }))
  answer(FINE)
  await going
  expect(sent).toEqual([])

  const again = goOn()
  answer(FINE)
  void again
  await vi.waitFor(() => expect(sent).toMatchObject([{ draft: { quantity: '2000' } }]))
})
