const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** `4 s`, `6 min`, `3 h`, `12 d`: whole units, rounded down, so that nothing is said before it is true. */
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds)
  if (length < minute) return `${Math.floor(length / second)} s`
  if (length < hour) return `${Math.floor(length / minute)} min`
  if (length < 2 * day) return `${Math.floor(length / hour)} h`
  return `${Math.floor(length / day)} d`
}

/** A moment seen from `now`. A clock that runs ahead of the server's makes the future `just now`. */
export function formatAgo(moment: number, now: number): string {
  const age = now - moment
  if (age < second && age > -minute) return 'just now'
  return age < 0 ? `in ${formatDuration(-age)}` : `${formatDuration(age)} ago`
}

/** Local and UTC, to the second. */
export function formatAbsolute(moment: number): { local: string; utc: string } {
  const date = new Date(moment)
  const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' }).format(date)
  return { local, utc: `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC` }
}
