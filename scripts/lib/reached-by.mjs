import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * The TypeScript files under the folders, as paths from the root.
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
 * Finds who uses which file, by every path that the sources name, as an import or as the start of a process;
 * type imports don't count. The answer lists the test files that a change of a file can reach, the nearest
 * first.
 * @param {string} root @returns {(file: string) => readonly string[]}
 */
export function testsByReach(root) {
  /** @type {{ imports: Record<string, string> }} */
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  /** The file that a path in another file names. @param {string} path @param {string} from */
  const fileOf = (path, from) => {
    const [name = '', target] =
      Object.entries(imports).find(([key]) => path.startsWith(key.replace('*', ''))) ?? []
    if (target === undefined) return resolve('/', from, '..', path).slice(1)
    return target.replace('./', '').replace('*', path.slice(name.length - 1))
  }
  /** @type {Map<string, Set<string>>} */
  const usersOf = new Map()
  for (const file of sourceFiles(root, ['src', 'tests'])) {
    const text = readFileSync(join(root, file), 'utf8').replace(/\b(im|ex)port type\b[^'"]*(['"]).*?\2/g, '')
    for (const [, , path = ''] of text.matchAll(/(['"`])((?:\.{1,2}\/|#)[^'"`\n]+)\1/g)) {
      const used = fileOf(path, file)
      usersOf.set(used, (usersOf.get(used) ?? new Set()).add(file))
    }
  }
  return (file) => {
    const reached = new Set([file])
    for (const next of reached) for (const user of usersOf.get(next) ?? []) reached.add(user)
    return [...reached].filter((name) => name.endsWith('.test.ts'))
  }
}
