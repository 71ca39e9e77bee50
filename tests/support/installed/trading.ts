import { expect } from 'vitest'
import type { InstalledApp, StoredEvent } from './app.ts'

const eventsOf = (app: InstalledApp, type: string): readonly StoredEvent[] =>
  app.events().filter((event) => event.type === type)

/** Stages an order to buy the first symbol of the grid, as a trader does by keyboard. */
async function stageBuy(app: InstalledApp): Promise<void> {
  await app.gridMoves()
  await expect.poll(() => eventsOf(app, 'Reconciled')).not.toEqual([]) // before that only exits are sent
  await app.pressAndSee('alt+g', 'Down', 'alt+b')
}

/**
 * Reviews the staged order and sends it. The keys are pressed again until it is sent, because a review waits for main and
 * nothing outside the window tells of it; a second order would need a confirmation that is not given.
 */
const send = (app: InstalledApp, type: string): Promise<void> =>
  expect
    .poll(async () => {
      await app.press('ctrl+Return', 'Return')
      return eventsOf(app, type)
    })
    .toHaveLength(1)

/** Buys ten shares at the market, and waits until they are bought. */
export async function buyAtMarket(app: InstalledApp): Promise<void> {
  await stageBuy(app)
  await app.press('ctrl+t')
  await send(app, 'OrderFilled')
}

/** Sends an order far below the market, and waits until it is open. */
export async function bidBelowMarket(app: InstalledApp): Promise<void> {
  await stageBuy(app)
  await app.press(...TO_PRICE, ...Array.from({ length: 30 }, () => 'shift+Down'))
  await send(app, 'OrderOpen')
}

/** From the quantity to the limit price. */
const TO_PRICE = ['Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab']
