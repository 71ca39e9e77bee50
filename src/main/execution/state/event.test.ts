import { expect, test } from 'vitest'
import { draftWith } from '../../../../tests/support/risk-context.ts'
import { readEvent } from './event.ts'

const requestedBy = (by: unknown) =>
  readEvent({ type: 'OrderRequested', payload: { version: 1, by, draft: draftWith(), accepted: [] } })

test('each order says who requested it', () => {
  const strategy = { kind: 'strategy', id: 'gap-fade', version: '3', proposal: 'a1b2' }
  for (const by of [{ kind: 'trader' }, strategy]) expect(requestedBy(by)).toMatchObject({ payload: { by } })
  for (const by of [undefined, { kind: 'strategy', id: 'gap-fade' }]) expect(requestedBy(by)).toBeUndefined()
})
