import { useState } from 'react'
import type { SettingsView } from '#shared/settings'
import { noticeKind, type NoticeKind } from '#shared/trading/notice'
import { saveWithUndo } from '../app/save-with-undo.ts'
import { CheckBox } from '../ui/check-box.tsx'
import { ChoiceSetting } from './choice-setting.tsx'

const NAMES: Readonly<Record<NoticeKind, string>> = {
  fill: 'Fills',
  rejection: 'Rejections',
  cancel: 'Cancels',
  alert: 'Alerts (halts, data feed)',
  order: 'Other (unconfirmed orders, adjusted positions)',
}

/** Which notices Signal shows in its windows, and how loud they are. */
export function NoticesSetting({ view }: { readonly view: SettingsView }) {
  const [error, setError] = useState<string>()
  const { mutedNotices } = view.settings
  const show = async (kind: NoticeKind, isShown: boolean) => {
    const others = mutedNotices.filter((muted) => muted !== kind)
    const text = `${NAMES[kind]}: ${isShown ? 'shown' : 'muted'}`
    setError(await saveWithUndo('mutedNotices', isShown ? others : [...others, kind], text))
  }
  return (
    <>
      <fieldset className="grid gap-x-8 gap-y-1.5 py-3.5 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
        <div>
          <legend className="float-left font-medium">Notices in Signal</legend>
          <p className="clear-both mt-0.5 text-xs text-muted">
            Shown at the bottom of the window. Fills and rejections are counted on Orders either way.
          </p>
        </div>
        <div className="space-y-1.5">
          {noticeKind.options.map((kind) => (
            <CheckBox
              key={kind}
              checked={!mutedNotices.includes(kind)}
              onChange={(isShown) => void show(kind, isShown)}
            >
              {NAMES[kind]}
            </CheckBox>
          ))}
          <p role="alert" className="text-xs text-bad empty:hidden">
            {error}
          </p>
        </div>
      </fieldset>
      <ChoiceSetting
        view={view}
        field="noticeSound"
        label="Sound"
        hint="Fills, rejections, cancels and alerts each sound different."
        choices={[
          ['off', 'Off'],
          ['soft', 'Soft'],
          ['loud', 'Loud'],
        ]}
      />
    </>
  )
}
