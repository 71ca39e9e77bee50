import { expect, test, vi } from 'vitest'

/** A letter, alone or with Shift: typing a symbol presses these. */
const LETTER = /^(Shift\+)?[A-Za-z]$/

/** All screens. At import they read what the window keeps and how it looks. */
async function everything() {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  const [{ screens }, { ticketSide }, { EVERYWHERE }] = await Promise.all([
    import('./screens.ts'),
    import('./ticket/index.ts'),
    import('./app/actions.ts'),
  ])
  return { screens, ticketSide, everywhere: EVERYWHERE }
}

test('no letter alone, nor with Shift, runs a command', async () => {
  const { screens, ticketSide, everywhere } = await everything()
  const actions = [...everywhere, ...ticketSide.actions, ...screens.flatMap((screen) => screen.actions)]
  const lists = [ticketSide.moreKeys, ...screens.flatMap(({ moreKeys }) => moreKeys ?? [])]
  const keys = [
    ...actions.map((action) => action.keys ?? ''),
    ...screens.map((screen) => screen.keys),
    ...lists.flatMap(({ lines }) => lines.map(([, text]) => text)),
  ]
  expect(keys.length).toBeGreaterThan(50)
  expect(keys.filter((text) => LETTER.test(text))).toEqual([])
})

test('keys that act on every screen that trades mean nothing else on any of them', async () => {
  const { screens, ticketSide, everywhere } = await everything()
  for (const screen of screens) {
    const own = screen.trades === true ? ticketSide.actions : []
    const actions = [...everywhere, ...own, ...screen.actions, ...screens.map(({ keys }) => ({ keys }))]
    const keys = actions.flatMap((action) => action.keys ?? [])
    expect(keys.filter((text, at) => keys.indexOf(text) !== at)).toEqual([])
  }
})
