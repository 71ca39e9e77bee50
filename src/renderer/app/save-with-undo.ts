import type { Settings } from '#shared/settings'
import { saveSettings, useSettings } from '../stores/settings.ts'
import { tell } from '../stores/toasts.ts'
import { describeRefusal } from './describe-refusal.ts'

/** Saves one setting and offers to undo it. Answers why it was refused, in words, or undefined. */
export async function saveWithUndo<K extends keyof Settings>(
  field: K,
  value: Settings[K],
  done: string,
): Promise<string | undefined> {
  const before = useSettings.getState().view?.settings[field]
  const refusal = await saveSettings({ [field]: value })
  if (refusal) return describeRefusal(refusal)
  const undo = async () => {
    const refused = await saveSettings({ [field]: before })
    if (refused) tell({ tone: 'failed', text: describeRefusal(refused) })
  }
  tell({
    key: `setting ${field}`,
    tone: 'done',
    text: done,
    action: { label: 'Undo', run: () => void undo() },
  })
  return undefined
}
