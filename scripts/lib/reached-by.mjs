import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Files under the folders that are TypeScript, as paths from the root.
 * @param {string} root @param {readonly string[]} folders
 */
export const sourceFiles = (root, folders) =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => /\.tsx?$/.test(name))
    .sort()

/**
 * Who uses which file, by every path that the sources name, as an import or as the start of a process; types alone are
 * no use. The answer gives the test files that a change of a file can reach, the nearest first.
 * @param {string} root @returns {(file: string) => readonly string[]}
 */
export function testsByReach(root) {
  /** @type {Map<string, Set<string>>} */
  const usersOf = new Map()
  for (const file of sourceFiles(root, ['src', 'tests'])) {
    const text = readFileSync(join(root, file), 'utf8').replace(/\b(im|ex)port type\b[^'"]*(['"]).*?\2/g, '')
    for (const [, , path = ''] of text.matchAll(/(['"`])((?:\.{1,2}\/|#shared\/)[^'"`\n]+)\1/g)) {
      const used = path.startsWith('#')
        ? `${path.replace('#', 'src/')}.ts`
        : resolve('/', file, '..', path).slice(1)
      usersOf.set(used, (usersOf.get(used) ?? new Set()).add(file))
    }
  }
  return (file) => {
    const reached = new Set([file])
    for (const next of reached) for (const user of usersOf.get(next) ?? []) reached.add(user)
    return [...reached].filter((name) => name.endsWith('.test.ts'))
  }
}
