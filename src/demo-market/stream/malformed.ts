import { unreachable } from '#shared/result'
import type { EpochMs } from '#shared/units'
import type { MalformedForm } from '../faults.ts'
import { tickTime } from '../wire.ts'

/** A frame that a client must count, skip and survive. */
export function malformedFrame(form: MalformedForm, symbol: string, at: EpochMs): string {
  const good = {
    T: 'q',
    S: symbol,
    bx: 'V',
    bp: 100,
    bs: 100,
    ax: 'V',
    ap: 100.02,
    as: 100,
    c: ['R'],
    z: 'C',
  }
  const quote = (fields: Readonly<Record<string, unknown>>) =>
    JSON.stringify([{ ...good, t: tickTime(at, 0), ...fields }])
  switch (form) {
    case 'not-json':
      return '[{"T":"q","S":"'
    case 'not-array':
      return '{"T":"q"}'
    case 'empty-array':
      return '[]'
    case 'not-objects':
      return '[null,1,"q",[]]'
    case 'unknown-type':
      return '[{"T":"zz","S":"AAPL"}]'
    case 'missing-field':
      return quote({ bp: undefined })
    case 'negative-price':
      return quote({ bp: -1 })
    case 'zero-price':
      return quote({ bp: 0, bs: 0 })
    case 'null-price':
      return quote({ ap: null })
    case 'huge-price':
      return quote({ ap: 1e300 })
    case 'string-price':
      return quote({ bp: '100.00' })
    case 'bad-time':
      return quote({ t: 'yesterday' })
    case 'unknown-symbol':
      return quote({ S: 'ZZZZZ' })
    default:
      return unreachable(form)
  }
}
