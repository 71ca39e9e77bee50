import { AlpacaClient, alpacaConfig } from '#alpaca'
import { startDemoMarket } from '#demo-market'
import { readEnvironment } from '../main/settings/index.ts'
import type { CommandContext } from './command-context.ts'

/** Where a command gets its bars. */
export interface BarSource {
  readonly client: AlpacaClient
  readonly stop: () => Promise<void>
}

/** Alpaca with the environment's keys; in demo mode, a demo market that ends with the command. */
export async function openBarSource({ environment, mode, log }: CommandContext): Promise<BarSource> {
  if (mode !== 'demo') {
    return { client: new AlpacaClient(alpacaConfig(environment), { log }), stop: () => Promise.resolve() }
  }
  const { demoSeed } = readEnvironment(environment)
  const market = await startDemoMarket({ rate: 1, ...(demoSeed !== undefined && { seed: demoSeed }) })
  return { client: new AlpacaClient(alpacaConfig(market.environment), { log }), stop: market.stop }
}
