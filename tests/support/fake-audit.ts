import type { SignalEmitter, SignalHandlers } from '../../src/shared/ipc/contract.ts'
import { err, ok } from '../../src/shared/result.ts'
import type { AuditEvent, LogVerdict } from '../../src/shared/trading/audit.ts'
import { stockSymbol } from '../../src/shared/units.ts'

/** An event as a test specifies it; the rest is filled in. */
export type NewAuditEvent = Pick<AuditEvent, 'stream' | 'type'> & Partial<AuditEvent>

/** What a test can do to the event log behind the window. */
export interface FakeAudit {
  readonly handlers: Pick<SignalHandlers, 'audit'>
  /** Appends events and sends them to the window. */
  appendEvents(events: readonly NewAuditEvent[]): void
  /** Sets the result of the next verifications; intact if undefined. */
  auditVerdict(verdict: LogVerdict | undefined): void
  /** While true, the log cannot be read. */
  auditAway(isAway: boolean): void
}

/** Comparisons with the exchange in the initial log: more than two pages. */
const COMPARISONS = 440

/** A simulated event log in memory: the timelines of three orders and hundreds of comparisons. */
export function createFakeAudit(emit: () => SignalEmitter, note: (asked: string) => void): FakeAudit {
  const events: AuditEvent[] = []
  const versions = new Map<string, number>()
  let verdict: LogVerdict | undefined
  let isAway = false

  function write({ stream, type, ...more }: NewAuditEvent): AuditEvent {
    const version = (versions.get(stream) ?? 0) + 1
    versions.set(stream, version)
    const id = events.length + 1
    const hash = id.toString(16).padStart(64, '0')
    const event = { id, stream, version, type, payload: {}, at: Date.now(), hash, ...more }
    events.push(event)
    return event
  }

  /** As main does: the symbol of an order's event is that of the first event in its stream. */
  function withSymbol(event: AuditEvent): AuditEvent {
    const first = events.find(({ stream }) => stream === event.stream)
    const draft = first?.payload['draft'] as { readonly symbol: string } | undefined
    return draft === undefined ? event : { ...event, symbol: stockSymbol.parse(draft.symbol) }
  }

  for (const event of firstEvents(Date.now())) write(event)
  const away = () => err({ kind: 'database', message: 'The database is not open yet. Try again.' } as const)

  return {
    handlers: {
      audit: {
        events: ({ stream, streamPrefix, symbol, types, from, until, beforeId, limit }) =>
          isAway
            ? away()
            : ok(
                events
                  .filter(
                    (event) =>
                      (stream === undefined || event.stream === stream) &&
                      (streamPrefix === undefined || event.stream.startsWith(streamPrefix)) &&
                      (symbol === undefined || withSymbol(event).symbol === symbol) &&
                      (types === undefined || types.includes(event.type)) &&
                      (from === undefined || event.at >= from) &&
                      (until === undefined || event.at < until) &&
                      (beforeId === undefined || event.id < beforeId),
                  )
                  .slice(-limit)
                  .reverse()
                  .map(withSymbol),
              ),
        facets: () =>
          isAway
            ? away()
            : ok({ types: [...new Set(events.map(({ type }) => type))].sort(), events: events.length }),
        verify: () => (isAway ? away() : ok(verdict ?? intact(events))),
        export: (filter) => {
          if (isAway) return away()
          note(`export ${JSON.stringify(filter)}`)
          return ok({ kind: 'saved', path: '/home/trader/signal-events.jsonl' })
        },
      },
    },
    appendEvents: (fresh) => emit().audit.appended(fresh.map(write).map(withSymbol)),
    auditVerdict: (next) => void (verdict = next),
    auditAway: (next) => void (isAway = next),
  }
}

const intact = (events: readonly AuditEvent[]): LogVerdict => {
  const { id, hash, at } = events.at(-1) ?? { id: 0, hash: '', at: 0 }
  return { kind: 'intact', from: 1, events: id, lastHash: hash, anchor: { id, hash, since: at } }
}

/** Events from before the window opened, oldest first. */
function firstEvents(now: number): readonly NewAuditEvent[] {
  const begun = now - 3_600_000
  const comparisons = Array.from({ length: COMPARISONS }, (_, at) => ({
    stream: 'demo:account',
    type: 'Reconciled',
    payload: { differences: [] },
    at: begun - (COMPARISONS - at) * 60_000,
  }))
  const order = (id: string, type: string, at: number, payload: AuditEvent['payload'] = {}) => ({
    stream: `demo:order:${id}`,
    type,
    payload,
    at,
  })
  const aapl = { symbol: 'AAPL', side: 'buy', type: 'limit', quantity: '100', limitPrice: '228.4', timeInForce: 'day' } // prettier-ignore
  const amd = { symbol: 'AMD', side: 'buy', type: 'limit', quantity: '100', limitPrice: '138', timeInForce: 'day' } // prettier-ignore
  const nvda = { symbol: 'NVDA', side: 'buy', type: 'limit', quantity: '50', limitPrice: '139.5', timeInForce: 'gtc' } // prettier-ignore
  const by = { kind: 'trader' }
  return [
    ...comparisons,
    order('earlier-aapl', 'OrderRequested', begun, { version: 1, by, draft: aapl }),
    order('earlier-aapl', 'OrderAccepted', begun + 42, { exchangeId: 'ex-earlier-aapl' }),
    order('earlier-aapl', 'OrderPartiallyFilled', begun + 1_250, {
      executionId: 'fill-0', quantity: '40', price: '228.35', filledQuantity: '40', averagePrice: '228.35',
    }), // prettier-ignore
    order('earlier-aapl', 'OrderFilled', begun + 10_000, {
      executionId: 'fill-1', quantity: '60', price: '228.4', filledQuantity: '100', averagePrice: '228.38',
    }), // prettier-ignore
    { stream: 'demo:risk', type: 'RiskLimitChanged', at: begun + 60_000, payload: { limit: 'mostShares', before: 10_000, after: 5_000 } }, // prettier-ignore
    order('earlier-amd', 'OrderRequested', now - 1_200_000, { version: 1, by, draft: amd }),
    order('earlier-amd', 'OrderRejected', now - 1_199_000, { reason: 'insufficient buying power' }),
    { stream: 'demo:account', type: 'MarginCallForeseen', at: now - 900_000, payload: { version: 7, share: '0.4' } }, // prettier-ignore
    order('earlier-nvda', 'OrderRequested', now - 600_000, { version: 1, by, draft: nvda }),
    order('earlier-nvda', 'OrderAccepted', now - 599_000, { exchangeId: 'ex-earlier-nvda' }),
  ]
}
