import { useAnnouncements } from '../stores/announcer.ts'

/** Where screen readers listen. */
export function LiveRegions() {
  const { polite, assertive } = useAnnouncements()
  return (
    <div className="sr-only">
      <p aria-live="polite">{polite}</p>
      <p aria-live="assertive">{assertive}</p>
    </div>
  )
}
