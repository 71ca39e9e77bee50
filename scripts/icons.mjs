/** `npm run icons`: draws resources/icon.svg in all sizes that desktops ask for, into resources/icons. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { ROOT } from './lib/build.mjs'
import { ensureChromium, findChromium } from './lib/chromium.mjs'
import { ICON_SIZES } from './package/icon-sizes.mjs'

ensureChromium()
const folder = join(ROOT, 'resources', 'icons')
mkdirSync(folder, { recursive: true })
const image = `data:image/svg+xml;base64,${readFileSync(join(ROOT, 'resources', 'icon.svg')).toString('base64')}`
const executablePath = findChromium()
const browser = await chromium.launch({
  ...(executablePath !== undefined && { executablePath }),
  args: ['--no-sandbox'],
})
for (const size of ICON_SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(
    `<style>*{margin:0}img{display:block}</style><img width="${size}" height="${size}" src="${image}">`,
  )
  await page.screenshot({ path: join(folder, `${size}x${size}.png`), omitBackground: true })
  await page.close()
}
await browser.close()
