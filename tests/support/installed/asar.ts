import * as z from 'zod'

/** An entry of an archive's header. Source: Electron, @electron/asar, "Format". */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>> | undefined
}

const entry: z.ZodType<Entry> = z.lazy(() => z.object({ files: z.record(z.string(), entry).optional() }))

/** The paths of all files of an app's archive, those that lie beside it included. */
export function filesIn(archive: Buffer): readonly string[] {
  const length = archive.readUInt32LE(12)
  return pathsOf(entry.parse(JSON.parse(archive.toString('utf8', 16, 16 + length))))
}

const pathsOf = ({ files = {} }: Entry): readonly string[] =>
  Object.entries(files).flatMap(([name, inner]) =>
    inner.files === undefined ? [name] : pathsOf(inner).map((path) => `${name}/${path}`),
  )
