import { expect, test } from '../support/signal-app.ts'

test('prices move', async ({ connected: { page } }) => {
  const price = page.getByRole('row', { name: /AAPL/ }).getByRole('gridcell').first()
  const before = await price.textContent()
  await expect(price).not.toHaveText(before ?? '')
})
