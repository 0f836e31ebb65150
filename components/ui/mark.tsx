/** The mark: a winch drum seen from the end, rope wound on it, one end running off. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        d="M12 2.75A9.25 9.25 0 1 0 21.25 12V2.75"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path
        d="M12 7a5 5 0 1 0 5 5"
        stroke="var(--windlass-palette-accent-main)"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="12" cy="12" r="1.75" fill="currentColor" />
    </svg>
  )
}

/** Mark and name, as in the head of every page. */
export function Wordmark() {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 9 }}>
      <Mark />
      <span style={{ fontWeight: 640, fontSize: '0.9375rem', letterSpacing: '-0.022em' }}>Windlass</span>
    </span>
  )
}
