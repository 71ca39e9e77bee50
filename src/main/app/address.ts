import { join, normalize, sep } from 'node:path'

/** Where the windows live. A scheme of our own instead of file://, so that a page has an origin and no disk. */
export const APP_ORIGIN = 'signal://app'

export const isOurs = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`)

/** The file behind an address, or nothing where it points out of the folder or elsewhere. */
export function fileFor(folder: string, address: string): string | undefined {
  const { host, pathname } = new URL(address)
  if (host !== 'app') return undefined
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  const file = normalize(join(folder, path === '/' ? 'index.html' : path))
  return file.startsWith(folder + sep) && !path.includes('\0') ? file : undefined
}
