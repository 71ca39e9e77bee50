import { join, normalize, sep } from 'node:path'

/** The windows' origin. A custom scheme instead of file://, so that a page has an origin and no disk. */
export const APP_ORIGIN = 'signal://app'

export const isOurs = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`)

/** The file for an address, or undefined if it is outside the folder or not ours. */
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
