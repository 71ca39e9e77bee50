import { expect, test } from 'vitest'
import { APP_ID } from '#shared/app-id'
import manifest from '../package.json' with { type: 'json' }

test('the package has the name that the running app gives to the system', () => {
  expect(manifest.name).toBe(APP_ID)
})
