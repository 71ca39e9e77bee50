import type { ComponentType } from 'react'
import type { SettingsView } from '#shared/settings'
import { useClock } from '../stores/clock.ts'
import { Notice } from '../ui/notice.tsx'
import { localZoneName } from '../ui/times.ts'
import { About } from './about.tsx'
import { AccountKeys } from './account-keys.tsx'
import { ChoiceSetting } from './choice-setting.tsx'
import { DatabaseSection } from './database/database-section.tsx'
import { ModeSetting } from './mode-setting.tsx'
import { NewVersions } from './new-versions.tsx'
import { NoticesSetting } from './notices-setting.tsx'
import { RiskLimitsSetting } from './risk-limits.tsx'
import { SwitchSetting } from './switch-setting.tsx'
import { SymbolsSetting } from './symbols-setting.tsx'
import { ThrottleSetting } from './throttle-setting.tsx'
import { TicketSettings } from './ticket-settings.tsx'

interface ContentProps {
  readonly view: SettingsView
}

function Account({ view }: ContentProps) {
  return (
    <>
      {!view.encryptionAvailable && (
        <div className="py-3.5">
          <Notice tone="warn">
            No system keychain: keys would be stored unencrypted. You’ll be asked first; environment variables
            are safer.
          </Notice>
        </div>
      )}
      <ModeSetting view={view} />
      {view.credentials.map((status) => (
        <AccountKeys key={status.account} status={status} encryptionAvailable={view.encryptionAvailable} />
      ))}
    </>
  )
}

function MarketData({ view }: ContentProps) {
  return (
    <>
      <SymbolsSetting view={view} />
      <ChoiceSetting
        view={view}
        field="feed"
        label="Feed"
        hint="IEX: one exchange, free. SIP: all US exchanges, needs Alpaca’s paid data plan."
        choices={[
          ['iex', 'IEX (free)'],
          ['sip', 'SIP, all US exchanges (paid)'],
        ]}
      />
      <ThrottleSetting view={view} />
    </>
  )
}

function Appearance({ view }: ContentProps) {
  const local = useClock(({ now }) => localZoneName(now))
  return (
    <>
      <ChoiceSetting
        view={view}
        field="theme"
        label="Theme"
        hint="System follows your desktop."
        choices={[
          ['system', 'System'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
      />
      <ChoiceSetting
        view={view}
        field="palette"
        label="Palette"
        hint="Up/down colors. Arrows and signs are always shown."
        choices={[
          ['classic', 'Classic: green and red'],
          ['color-blind', 'Color-blind safe: blue and orange'],
          ['mono', 'Mono: arrows and signs only'],
        ]}
      />
      <ChoiceSetting
        view={view}
        field="timeZone"
        label="Time zone"
        hint="For all times shown. Trading days stay in ET."
        choices={[
          ['exchange', 'Eastern (ET)'],
          ['local', `Local (${local})`],
        ]}
      />
    </>
  )
}

const Notifications = ({ view }: ContentProps) => (
  <>
    <SwitchSetting
      view={view}
      field="notifications"
      label="Feed notifications"
      hint="Desktop notification, once per data-feed problem."
    />
    <SwitchSetting
      view={view}
      field="orderNotifications"
      label="Order notifications"
      hint="Desktop notification of fills, rejections and unconfirmed orders."
    />
    <NoticesSetting view={view} />
  </>
)

const OrderTicket = ({ view }: ContentProps) => (
  <>
    <SwitchSetting
      view={view}
      field="reviewOrders"
      label="Review orders"
      hint="Show a confirmation before sending. Off: Ctrl+Enter sends; risk warnings still appear."
    />
    <TicketSettings />
  </>
)

const AboutSignal = ({ view }: ContentProps) => (
  <>
    <About />
    <NewVersions view={view} />
  </>
)

/** The sections of the settings in their order. A link from elsewhere names a section by its title. */
export const SETTINGS_SECTIONS: readonly {
  readonly title: string
  readonly Content: ComponentType<ContentProps>
}[] = [
  { title: 'Account and API keys', Content: Account },
  { title: 'Market data', Content: MarketData },
  { title: 'Appearance', Content: Appearance },
  { title: 'Notifications', Content: Notifications },
  { title: 'Order ticket', Content: OrderTicket },
  { title: 'Risk limits', Content: RiskLimitsSetting },
  { title: 'Database', Content: DatabaseSection },
  { title: 'About', Content: AboutSignal },
]
