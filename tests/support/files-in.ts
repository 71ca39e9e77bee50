import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every file below a folder with its contents, byte by byte. A file that disappears meanwhile is left out.
 */
export function filesIn(folder: string): (readonly [name: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const text = textOf(join(folder, name))
    return text === undefined ? [] : [[name, text] as const]
  })
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined // a folder, or gone
  }
}
