/** `npm run demo-market`: the demo market alone, for any Alpaca client. */
import { keepFilesPrivate } from '#process/private-files'
import { readArguments, USAGE } from './arguments.ts'
import { startDemoMarket } from './index.ts'

async function main(args: readonly string[]): Promise<number | undefined> {
  const options = readArguments(args)
  if (options === 'help') {
    console.log(USAGE)
    return 0
  }
  if ('problem' in options) {
    console.error(`${options.problem}\n\n${USAGE}`)
    return 2
  }
  try {
    const market = await startDemoMarket(options, (line) =>
      console.log(`# ${new Date().toISOString()} ${line}`),
    )
    for (const [name, value] of Object.entries(market.environment)) console.log(`export ${name}=${value}`)
    if (market.controlToken !== undefined)
      console.log(`export SIGNAL_DEMO_CONTROL_TOKEN=${market.controlToken}`)
    const stop = () => void market.stop().then(() => process.exit(0))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    return undefined
  } catch (cause) {
    console.error(`The demo market cannot start: ${cause instanceof Error ? cause.message : String(cause)}`)
    return 1
  }
}

keepFilesPrivate()
process.exitCode = await main(process.argv.slice(2))
