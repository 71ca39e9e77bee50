import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OrderCheck } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { DEFAULT_SETTINGS } from '#shared/settings'
import { useSettings } from '../stores/settings.ts'
import { checkNow, goOn, review, submit } from './sending.ts'
import { BLANK_FORM } from './ticket-form.ts'
import { editForm, tellTicket, useOrderCheck, useTicket } from './ticket-store.ts'

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
})

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
  useOrderCheck.setState({}, true)
  tellTicket({ kind: 'reset', nextIntent: 'first' })
  tellTicket({ kind: 'staged', form })
})
afterEach(() => vi.unstubAllGlobals())

const FINE = ok({ problems: [], whatIf: {} })
const MEANT_TWICE = ok({
  problems: [
    { code: 'DUPLICATE_ORDER', level: 'ask', sentence: 'Possible duplicate: same order sent 265 ms ago.' },
  ],
  whatIf: {},
} as const)

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

test('while an order is being sent, it is not asked whether the same order is meant twice', async () => {
  const checking = checkNow()
  const answerEarlier = answer
  void submit()
  const again = checkNow()
  answerEarlier(MEANT_TWICE)
  await Promise.all([checking, again])
  expect(useTicket.getState().isSending).toBe(true)
  expect(useOrderCheck.getState().check).toBeUndefined()
})

test('a check that began before the order was sent says nothing about the next one', async () => {
  let arrive: (answer: unknown) => void = () => {}
  vi.stubGlobal('window', {
    signal: {
      trading: {
        check: () => new Promise((resolve) => (answer = resolve)),
        submit: () => new Promise((resolve) => (arrive = resolve)),
      },
    },
  })
  const checking = checkNow()
  const sending = submit()
  arrive(ok({ id: 'first', symbol: 'AAPL', state: 'accepted' }))
  await sending
  expect(useTicket.getState().intent).not.toBe('first')
  answer(MEANT_TWICE)
  await checking
  expect(useOrderCheck.getState().check).toBeUndefined()
})
