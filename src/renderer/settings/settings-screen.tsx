import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useNavigation } from '../app/navigation.ts'
import { useSettings } from '../stores/settings.ts'
import { classNames } from '../ui/class-names.ts'
import { Notice } from '../ui/notice.tsx'
import { SETTINGS_SECTIONS } from './sections.tsx'

/** All settings under an index of their sections; each field is saved when it is changed. */
export function SettingsScreen() {
  const view = useSettings((state) => state.view)
  const scroller = useRef<HTMLDivElement>(null)
  const current = useSectionInUse(scroller)
  if (!view) return null
  return (
    <div className="flex h-full flex-col md:flex-row">
      <SectionIndex current={current} />
      <div ref={scroller} className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto max-w-190 px-4 pt-5 pb-10 sm:px-8">
          {view.warnings.length > 0 && (
            <Notice tone="warn">
              <ul>
                {view.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </Notice>
          )}
          <p className="text-muted">Changes save automatically.</p>
          <div role="form" aria-label="Settings">
            {SETTINGS_SECTIONS.map(({ title, Content }) => (
              <Section key={title} title={title}>
                <Content view={view} />
              </Section>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

const idOf = (title: string): string => `settings-${title.toLowerCase().replaceAll(' ', '-')}`

/** Brings a section to the top and gives it the focus, so that the next Tab reaches its first control. */
function goToSection(title: string): void {
  const section = document.getElementById(idOf(title))
  section?.scrollIntoView()
  section?.focus({ preventScroll: true })
}

/** A section counts as the one being read once its heading is this near to the top, px. */
const NEAR_TOP = 80

/** The title of the section in use: the one with the focus while it is in sight, else the last that reached the top. */
function sectionInUse(box: HTMLElement): string | undefined {
  const { top, bottom } = box.getBoundingClientRect()
  const sections = SETTINGS_SECTIONS.flatMap(({ title }) => {
    const element = document.getElementById(idOf(title))
    return element ? [{ title, element, at: element.getBoundingClientRect().top }] : []
  })
  const focused = sections.find(({ element }) => element.contains(document.activeElement))
  if (focused !== undefined && focused.at >= top - 1 && focused.at < bottom) return focused.title
  return (sections.filter(({ at }) => at <= top + NEAR_TOP).at(-1) ?? sections[0])?.title
}

function useSectionInUse(scroller: RefObject<HTMLElement | null>): string | undefined {
  const [current, setCurrent] = useState<string>()
  useEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    const find = () => setCurrent(sectionInUse(box))
    find()
    box.addEventListener('scroll', find, { passive: true })
    box.addEventListener('focusin', find)
    return () => {
      box.removeEventListener('scroll', find)
      box.removeEventListener('focusin', find)
    }
  }, [scroller])
  return current
}

/** Links to the sections: a column beside them, or a line above them in a narrow window. */
function SectionIndex({ current }: { readonly current: string | undefined }) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav
      aria-label="Settings sections"
      className="shrink-0 border-line bg-surface max-md:border-b md:w-44 md:overflow-y-auto md:border-r"
    >
      <ul ref={list} className="flex gap-1 overflow-x-auto p-1.5 md:flex-col md:p-2.5">
        {SETTINGS_SECTIONS.map(({ title }) => (
          <li key={title} className="shrink-0">
            <button
              type="button"
              aria-current={title === current ? 'true' : undefined}
              onClick={() => goToSection(title)}
              className={classNames(
                'h-7 rounded-md px-2.5 text-left whitespace-nowrap hover:bg-hover md:w-full',
                title === current ? 'bg-hover font-medium text-ink' : 'text-soft',
              )}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
}

function Section({ title, children }: SectionProps) {
  const { section, screen } = useNavigation()
  useEffect(() => {
    if (section !== title) return
    goToSection(title)
    useNavigation.setState({ section: undefined })
  }, [section, screen, title])
  return (
    <section
      id={idOf(title)}
      aria-labelledby={`${idOf(title)}-title`}
      tabIndex={-1}
      className="mt-6 scroll-mt-2 outline-none"
    >
      <h2 id={`${idOf(title)}-title`} className="border-b border-line pb-1.5 text-base font-semibold">
        {title}
      </h2>
      <div className="divide-y divide-line">{children}</div>
    </section>
  )
}
