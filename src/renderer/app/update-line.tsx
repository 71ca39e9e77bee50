import { XMarkIcon } from '@heroicons/react/16/solid'
import { useSettings } from '../stores/settings.ts'
import { useReadRelease, useUpdates } from '../stores/updates.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { showScreen } from './navigation.ts'

/** Says once for each new version that it is out, until the trader has looked at it or dismissed it. */
export function UpdateLine() {
  const version = useUpdates(({ status }) => status?.release?.version)
  const isRead = useReadRelease((read) => read.version === version)
  const isWanted = useSettings(({ view }) => view?.settings.updateNotices) === true
  if (version === undefined || isRead || !isWanted) return null
  const setRead = () => useReadRelease.setState({ version })
  const showNotes = () => {
    setRead()
    showScreen('settings', 'About')
  }
  return (
    <section aria-label="New version" className="flex items-center text-ink">
      <span className="max-sm:sr-only">Signal {version} is available</span>
      <Button small look="quiet" className="-my-1 ml-1 text-xs underline" onClick={showNotes}>
        What’s new
      </Button>
      <IconButton label="Dismiss" className="-my-1" onClick={setRead}>
        <XMarkIcon className="size-4" aria-hidden />
      </IconButton>
    </section>
  )
}
