import type { ProcessState } from '#shared/health'
import { supervise, type Fork } from '#process/supervisor'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { DemoChildMessage, DemoMarketOptions, DemoParentMessage } from '#demo-market'

interface SupervisedDeps {
  readonly fork: Fork
  readonly options: DemoMarketOptions
  /** Called once, when the market is reachable, with the ALPACA_* variables for it and its full feed. */
  readonly onReady: (environment: Readonly<Record<string, string>>) => void
  readonly onState: (state: ProcessState) => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * Runs a demo market in its own process and restarts it. After a crash it comes back at the same address,
 * and with the same keys, so that clients find it again by reconnecting. Returns its stop.
 */
export function runDemoMarket({ fork, options, onReady, onState, clock, log }: SupervisedDeps): () => void {
  let again = options
  let isKnown = false
  return supervise({
    name: 'demo market',
    fork,
    clock,
    log,
    onState,
    onStart(child) {
      child.send({ type: 'start', options: again } satisfies DemoParentMessage)
    },
    onMessage(raw) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own process, built from the same sources
      const message = raw as DemoChildMessage
      if (message.type === 'failed') log.error({ reason: message.message }, 'The demo market failed')
      if (message.type === 'log') log.info({ line: message.line }, 'The demo market says')
      if (message.type !== 'ready') return
      onState('running')
      const { ALPACA_API_KEY: key = '', ALPACA_API_SECRET: secret = '' } = message.environment
      again = { ...options, port: Number(new URL(message.urls.baseUrl).port), keys: { key, secret } }
      if (!isKnown) onReady({ ...message.environment, ALPACA_WS_URL: message.urls.wsUrls.sip })
      isKnown = true
    },
  })
}
