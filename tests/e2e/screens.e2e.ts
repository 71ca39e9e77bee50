import { expectAccessibleInBothThemes } from '../support/accessibility.ts'
import { expectWellLaidOut } from '../support/layout.ts'
import { WALKS } from '../support/places.ts'
import { chromiumPath, NO_CHROMIUM, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

/** The narrowest window, 200% zoom of 1280 by 800, the usual window, and a large monitor. */
const SIZES = [
  [380, 740],
  [640, 400],
  [1280, 800],
  [2560, 1440],
] as const

for (const [name, walk] of Object.entries(WALKS)) {
  for (const [width, height] of SIZES) {
    test(`nothing overlaps, is cut off or scrolls the page in ${name} at ${width} by ${height}`, async ({
      openRenderer,
    }) => {
      const renderer = await openRenderer({ width, height, welcomed: name !== 'frame' })
      for await (const place of walk(renderer)) await test.step(place, () => expectWellLaidOut(renderer.page))
    })
  }

  test(`axe finds nothing in ${name} with whatever is open on it, in both themes`, async ({
    openRenderer,
  }) => {
    test.slow()
    const renderer = await openRenderer({ welcomed: name !== 'frame' })
    for await (const place of walk(renderer))
      await test.step(place, () => expectAccessibleInBothThemes(renderer.page))
  })
}
