import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import type { AfterFill } from '../stores/ticket-setup.ts'
import { tell } from '../stores/toasts.ts'
import { CONTROL, describedBy, Field } from '../ui/field.tsx'
import { PresetsSetting } from './presets-setting.tsx'
import { TemplatesSetting } from './templates-setting.tsx'

/** How the order ticket is set up in this window. */
export const TicketSettings = () => (
  <>
    <PresetsSetting />
    <TemplatesSetting />
    <AfterFillSetting />
  </>
)

const ID = 'setting-after-fill'

const CHOICES: readonly (readonly [AfterFill, string])[] = [
  ['close', 'Switch to close'],
  ['keep', 'Keep side'],
  ['clear', 'Clear ticket'],
]

function AfterFillSetting() {
  const afterFill = useTicketPreferences((preferences) => preferences.afterFill)
  const choose = (at: number) => {
    const chosen = CHOICES[at]
    if (!chosen) return
    useTicketPreferences.setState({ afterFill: chosen[0] })
    tell({
      tone: 'done',
      text: `After a fill: ${chosen[1].toLowerCase()}`,
      action: { label: 'Undo', run: () => useTicketPreferences.setState({ afterFill }) },
    })
  }
  return (
    <Field
      label="After a fill"
      htmlFor={ID}
      hint="What the order ticket does once its order is filled, unless you have started another one."
    >
      <select
        id={ID}
        value={afterFill}
        aria-describedby={describedBy(ID)}
        onChange={({ target }) => choose(target.selectedIndex)}
        className={CONTROL}
      >
        {CHOICES.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  )
}
