import type { EpochMs } from '#shared/units'
import type { FaultBoard } from '../faults.ts'
import { Refusal } from '../server/index.ts'

/** Where a page starts: at that symbol's items from that time on, without the first `skip` of them. */
export interface Place {
  readonly symbol: string
  readonly at: EpochMs
  readonly skip: number
}

/** The token is opaque to clients, as Alpaca's are. */
export const toToken = ({ symbol, at, skip }: Place): string =>
  Buffer.from(`${symbol}|${at}|${skip}`).toString('base64')

export function readToken(token: string | null): Place | undefined {
  if (token === null || token === '') return undefined
  const [symbol = '', at = '', skip = ''] = Buffer.from(token, 'base64').toString().split('|')
  if (!/^\d+$/.test(at) || !/^\d+$/.test(skip)) throw new Refusal(400, 'invalid page_token')
  return { symbol, at: Number(at), skip: Number(skip) }
}

/** Alters page tokens as the faults require. */
export class PageFaults {
  readonly #faults: FaultBoard
  #pages = 0

  constructor(faults: FaultBoard) {
    this.#faults = faults
  }

  /** Whether this page must be empty, with the token that leads to its content. */
  emptyNow(): boolean {
    return this.#faults.active('empty-page') !== undefined && this.#pages++ % 2 === 0
  }

  /** The token to return instead of the right one. */
  tokenFor(asked: string | null, right: string | null): string | null {
    if (this.#faults.active('repeat-page-token') === undefined || right === null) return right
    return asked ?? right
  }
}
