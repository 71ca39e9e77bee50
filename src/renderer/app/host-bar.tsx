import { GlobeAltIcon } from '@heroicons/react/16/solid'
import { useSettings } from '../stores/settings.ts'

/** A bar across the window that names the hosts in use that aren't Alpaca's. */
export function HostBar() {
  const names = useSettings(({ view }) => {
    const hosts = view?.credentials.find(({ account }) => account === view.settings.mode)?.hosts
    return hosts?.state === 'used' ? hosts.names.join(', ') : ''
  })
  if (names === '') return null
  return (
    <section
      aria-label="Host in use"
      className="flex min-h-8 shrink-0 items-center gap-x-3 border-b border-warn/40 bg-warn/8 px-3 py-0.5"
    >
      <GlobeAltIcon className="size-4 shrink-0 text-warn" aria-hidden />
      <p>
        Not Alpaca: this account’s prices and orders go through <strong>{names}</strong>.
      </p>
    </section>
  )
}
