import * as z from 'zod'

/** A version of Signal, `x.y.z`; what may follow in other programs, such as `-beta.1`, is refused. */
export const versionText = z
  .string()
  .regex(/^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/, 'is not a version such as 1.2.3')

/** Whether one version is newer than the other; both are {@link versionText}. */
export function isNewer(one: string, other: string): boolean {
  const others = other.split('.').map(Number)
  for (const [place, part] of one.split('.').map(Number).entries())
    if (part !== others[place]) return part > (others[place] ?? 0)
  return false
}
