/** Label of a key cap where it differs from the browser's key name. */
const CAPS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** The keys of an action, such as `Ctrl+K`, drawn as caps; a plus separates keys held together. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5">
      {keys.split(/(?<=.)\+/).map((key) => (
        <kbd
          key={key}
          className="min-w-4.5 rounded border border-line bg-app px-1 text-center text-2xs leading-4 text-muted"
        >
          {CAPS[key] ?? key}
        </kbd>
      ))}
    </span>
  )
}
