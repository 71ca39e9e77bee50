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
/** Answers the waiting check. */
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

test('an order changed while the checks were running is not shown with their result', async () => {
  const reviewing = review()
  editForm((now) => ({ ...now, side: 'sell', quantity: '200' }))
  answer(FINE)
  await reviewing
  expect(useTicket.getState()).toMatchObject({ step: 'edit', form: { side: 'sell', quantity: '200' } })
})

test('an order changed after the send key was pressed is not sent by that key', async () => {
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
