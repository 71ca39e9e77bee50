/**
 * The demo market as a child process: forked by main, with Electron's utilityProcess or Node's child_process.
 * It uses the messages of messages.ts and ends with its parent.
 */
import { keepFilesPrivate } from '#process/private-files'
import { startDemoMarket, type DemoMarket, type FaultRequest } from './index.ts'
import { parentMessage, type DemoChildMessage } from './messages.ts'

/** The parent's end of an Electron utility process. Source: Electron API, process.parentPort. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

// oxlint-disable-next-line no-unsafe-type-assertion -- only Electron sets it; @types/node does not know it
const parentPort = (process as { parentPort?: ParentPort }).parentPort
let market: DemoMarket | undefined

function tell(message: DemoChildMessage): void {
  if (parentPort !== undefined) parentPort.postMessage(message)
  else process.send?.(message)
}

function fail(cause: unknown): void {
  tell({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) })
  // The message must leave before the process does.
  setImmediate(() => process.exit(1))
}

/** Injects a fault; an impossible one, such as filling an order that nobody sent, does not end the market. */
function injectFault(fault: FaultRequest): void {
  try {
    market?.injectFault(fault)
  } catch (cause) {
    tell({ type: 'log', line: `could not inject the fault: ${String(cause)}` })
  }
}

async function handleMessage(raw: unknown): Promise<void> {
  const message = parentMessage.parse(raw)
  switch (message.type) {
    case 'start': {
      if (market !== undefined) throw new Error('the demo market was started already')
      market = await startDemoMarket(message.options, (line) => tell({ type: 'log', line }))
      const { environment, urls, controlToken } = market
      const { baseUrl, dataUrl, wsUrls, tradeUpdatesUrl } = urls
      return tell({
        type: 'ready',
        environment,
        urls: { baseUrl, dataUrl, wsUrls, tradeUpdatesUrl },
        controlToken,
      })
    }
    case 'fault':
      return injectFault(message.fault)
    case 'clear-faults':
      return market?.clearFaults()
    case 'sent':
      return market && tell({ type: 'sent', counts: market.sent() })
    case 'orders':
      return market && tell({ type: 'orders', orders: market.orders() })
  }
}

keepFilesPrivate()

const receive = (raw: unknown) => void handleMessage(raw).catch(fail)

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
if (parentPort !== undefined) parentPort.on('message', ({ data }) => receive(data))
else {
  process.on('message', receive)
  process.on('disconnect', () => process.exit(0))
}
