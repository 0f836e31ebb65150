/** `''` → undefined, `'8080'` → 8080; anything else stays the text it is, so that nothing typed is lost. */
export function parseNumber(text: string): number | string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : text
}
