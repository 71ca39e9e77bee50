import { useEffect, useRef, type ReactNode } from 'react'
import type { SettingsView } from '#shared/settings'
import { useNavigation } from '../app/navigation.ts'
import { useSettings } from '../stores/settings.ts'
import { Notice } from '../ui/notice.tsx'
import { About } from './about.tsx'
import { AccountKeys } from './account-keys.tsx'
import { ChoiceSetting } from './choice-setting.tsx'
import { DatabaseSection } from './database/database-section.tsx'
import { ModeSetting } from './mode-setting.tsx'
import { NewVersions } from './new-versions.tsx'
import { TicketSettings } from './ticket-settings.tsx'
import { RiskLimitsSetting } from './risk-limits.tsx'
import { SwitchSetting } from './switch-setting.tsx'
import { SymbolsSetting } from './symbols-setting.tsx'
import { ThrottleSetting } from './throttle-setting.tsx'

/** All settings; each field is saved when it is changed. */
export function SettingsScreen() {
  const view = useSettings((state) => state.view)
  if (!view) return null
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-190 px-4 py-5 sm:px-8">
        {view.warnings.length > 0 && (
          <Notice tone="warn">
            <ul>
              {view.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Notice>
        )}
        <p className="pt-2 text-muted">Each change is saved as you make it.</p>
        <form aria-label="Settings" onSubmit={(event) => event.preventDefault()}>
          <MarketSection view={view} />
          <AppearanceSection view={view} />
          <OrdersSection view={view} />
          <Section title="Risk limits">
            <RiskLimitsSetting />
          </Section>
        </form>
        <KeysSection view={view} />
        <Section title="Database">
          <DatabaseSection view={view} />
        </Section>
        <Section title="About">
          <About />
          <NewVersions view={view} />
        </Section>
      </div>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
}

function Section({ title, children }: SectionProps) {
  const section = useRef<HTMLElement>(null)
  const isWanted = useNavigation((navigation) => navigation.section === title)
  useEffect(() => {
    if (!isWanted) return
    section.current?.scrollIntoView()
    section.current?.focus()
  }, [isWanted])
  return (
    <section ref={section} tabIndex={-1} className="mt-5 scroll-mt-4 outline-none">
      <h2 className="border-b border-line pb-1.5 text-base font-semibold">{title}</h2>
      <div className="divide-y divide-line">{children}</div>
    </section>
  )
}

function MarketSection({ view }: { readonly view: SettingsView }) {
  return (
    <Section title="Market">
      <ModeSetting view={view} />
      <SymbolsSetting view={view} />
      <ChoiceSetting
        view={view}
        field="feed"
        label="Feed"
        hint="IEX is free and shows one exchange. SIP shows all exchanges and needs Alpaca’s paid data plan."
        choices={[
          ['iex', 'IEX (free)'],
          ['sip', 'SIP, consolidated tape (paid)'],
        ]}
      />
      <ThrottleSetting view={view} />
    </Section>
  )
}

function AppearanceSection({ view }: { readonly view: SettingsView }) {
  return (
    <Section title="Appearance and alerts">
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
        hint="Colours of rise and fall. Arrows and signs say the same in every palette."
        choices={[
          ['classic', 'Classic: green and red'],
          ['color-blind', 'Color-blind safe: blue and orange'],
          ['mono', 'Mono: arrows and signs only'],
        ]}
      />
      <SwitchSetting
        view={view}
        field="notifications"
        label="Notifications"
        hint="A desktop notification when the feed goes wrong: once for each fault, not a stream of them."
      />
    </Section>
  )
}

function OrdersSection({ view }: { readonly view: SettingsView }) {
  return (
    <Section title="Orders">
      <SwitchSetting
        view={view}
        field="reviewOrders"
        label="Review orders"
        hint="Each order is shown once more as a sentence before it is sent. Off, Ctrl+Enter sends at once; what the risk limits ask is asked all the same."
      />
      <SwitchSetting
        view={view}
        field="orderNotifications"
        label="Tell of fills and rejections"
        hint="A desktop notification when an order is filled, is rejected, or nobody knows yet whether it went out."
      />
      <TicketSettings />
    </Section>
  )
}

function KeysSection({ view }: { readonly view: SettingsView }) {
  return (
    <Section title="Alpaca keys">
      {!view.encryptionAvailable && (
        <div className="py-3.5">
          <Notice tone="warn">
            This system has no keyring, so saved keys would lie in a file that anyone with access to your user
            account can read. You will be asked before that happens. Environment variables are the safer way
            here.
          </Notice>
        </div>
      )}
      {view.credentials.map((status) => (
        <AccountKeys key={status.account} status={status} encryptionAvailable={view.encryptionAvailable} />
      ))}
    </Section>
  )
}
