import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { classNames } from '../ui/class-names.ts'
import { Keys } from '../ui/keys.tsx'
import { describeTemplate, isOfTemplate } from './templates.ts'
import { applyTemplate, templateKeys } from './ticket-actions.ts'
import type { TicketView } from './use-ticket-view.ts'

/** One button for each bracket template, with its key. */
export function TemplateButtons({ view: { state } }: { readonly view: TicketView }) {
  const templates = useTicketPreferences((preferences) => preferences.templates)
  return (
    <div role="group" aria-label="Bracket templates" className="flex items-center gap-1">
      <Keys keys="Alt+Shift" />
      {templates.map((template, at) => (
        <button
          key={`${at}-${template.name}`}
          type="button"
          aria-pressed={isOfTemplate(state.form, template)}
          title={`${describeTemplate(template)} (${templateKeys(at + 1)})`}
          onClick={() => void applyTemplate(at + 1)}
          className={classNames(
            'flex h-6 min-w-0 grow basis-0 items-center justify-center gap-1 rounded-sm border px-1 text-xs',
            isOfTemplate(state.form, template)
              ? 'border-accent bg-accent/10 font-medium text-ink'
              : 'border-line text-soft hover:bg-hover',
          )}
        >
          <Keys keys={String(at + 1)} />
          <span className="truncate">{template.name}</span>
        </button>
      ))}
    </div>
  )
}
