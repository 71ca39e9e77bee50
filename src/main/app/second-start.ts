import { app } from 'electron'
import * as z from 'zod'
import { versionText } from '#shared/version'

/** What a second start on the same data folder tells the running Signal. */
const secondStart = z.object({ version: versionText })

/**
 * Makes this the only Signal on its data folder; false if one runs there already, which then hears of this start, and
 * its version.
 */
export const becomeOnlyInstance = (version: string): boolean =>
  app.requestSingleInstanceLock({ version } satisfies z.output<typeof secondStart>)

/** Ends a second start, and says why on stderr: with code 1 if another version runs, which has to be ended first. */
export function endSecondStart(version: string, running: string | undefined): void {
  const isOther = running !== undefined && running !== version
  process.stderr.write(
    isOther
      ? `Signal ${running} is running. Quit it before you start Signal ${version}: both use the same data.\n`
      : 'Signal is already running; its window was brought to the front.\n',
  )
  app.exit(isOther ? 1 : 0)
}

/** Calls `onStart` when Signal is started a second time, with what to tell the trader if it was another version. */
export function followSecondStarts(version: string, onStart: (notice: string | undefined) => void): void {
  app.on('second-instance', (_event, _arguments, _folder, data) => {
    const other = secondStart.safeParse(data).data?.version
    onStart(
      other === undefined || other === version
        ? undefined
        : `Signal ${other} was started while this one (${version}) is running. Quit this one first: both use the same data.`,
    )
  })
}
