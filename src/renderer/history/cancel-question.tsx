import { counted } from '#shared/format/numbers'
import type { LoadProgress } from '#shared/history'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface Props {
  readonly load: LoadProgress
  readonly onAnswer: (yes: boolean) => void
}

/** Asks before a load is canceled, and says what is kept. */
export function CancelQuestion({ load: { barsLoaded }, onAnswer }: Props) {
  return (
    <Dialog title="Cancel this download?" onClose={() => onAnswer(false)} className="max-w-110">
      <div className="p-5 pt-2">
        <p>The {counted(barsLoaded, 'bar')} downloaded so far are kept. To continue later, pause instead.</p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => onAnswer(false)}>Keep downloading</Button>
          <Button look="danger" onClick={() => onAnswer(true)}>
            Cancel download
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
