import { useAnnouncements } from '../stores/announcer.ts'

/** The live regions that screen readers listen to. */
export function LiveRegions() {
  const { polite, assertive } = useAnnouncements()
  return (
    <div className="sr-only">
      <p aria-live="polite">{polite}</p>
      <p aria-live="assertive">{assertive}</p>
    </div>
  )
}
