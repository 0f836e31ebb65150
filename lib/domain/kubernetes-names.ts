/**
 * Kubernetes' rules for names, in one table, each under Kubernetes' own name for it. They are not in its published
 * schemas; their source is k8s.io/apimachinery/pkg/util/validation.
 */
export interface NameRule {
  rule: string
  maximumLength: number
  pattern: RegExp
  /** What one character may be; the others are shown as the bad part. */
  character: RegExp
  /** Completes "must …". */
  wording: string
}

const label = {
  maximumLength: 63,
  character: /[a-z0-9-]/,
}

const subdomainPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

export const nameRules = {
  dns1123Label: {
    ...label,
    rule: 'dns1123Label',
    pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    wording:
      "consist of lower case alphanumeric characters or '-', and start and end with an alphanumeric character",
  },
  dns1035Label: {
    ...label,
    rule: 'dns1035Label',
    pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    wording:
      "consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  },
  dns1123Subdomain: {
    rule: 'dns1123Subdomain',
    maximumLength: 253,
    character: /[a-z0-9.-]/,
    pattern: subdomainPattern,
    wording:
      "consist of lower case alphanumeric characters, '-' or '.', and start and end with an alphanumeric character",
  },
  wildcardDns1123Subdomain: {
    rule: 'wildcardDns1123Subdomain',
    maximumLength: 253,
    character: /[a-z0-9.*-]/,
    pattern: /^\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    wording: "start with '*.', followed by a valid DNS subdomain of lower case characters",
  },
  ianaServiceName: {
    rule: 'ianaServiceName',
    maximumLength: 15,
    character: /[a-z0-9-]/,
    pattern: /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
    wording:
      "contain only lower case alphanumeric characters or '-', contain at least one letter, not begin or end with '-', and not contain '--'",
  },
  configMapKey: {
    rule: 'configMapKey',
    maximumLength: 253,
    character: /[-._a-zA-Z0-9]/,
    pattern: /^(?!\.$)(?!\.\.)[-._a-zA-Z0-9]+$/,
    wording: "consist of alphanumeric characters, '-', '_' or '.', and not be '.' or begin with '..'",
  },
  environmentVariableName: {
    rule: 'environmentVariableName',
    maximumLength: Infinity,
    character: /[-._a-zA-Z0-9]/,
    pattern: /^(?!\.$)(?!\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/,
    wording:
      "consist of alphabetic characters, digits, '_', '-' or '.', and not start with a digit, be '.' or begin with '..'",
  },
} as const satisfies Record<string, NameRule>

/** What a value breaks, as a sentence about it; undefined when it keeps the rule. */
export function describeNameFault(value: string, rule: NameRule): string | undefined {
  if (value === '') return `It must not be empty (${rule.rule}).`
  const tooLong = value.length > rule.maximumLength
  if (!tooLong && rule.pattern.test(value)) return undefined
  const sentences = []
  if (tooLong) {
    sentences.push(`must be no more than ${rule.maximumLength} characters and has ${value.length}`)
  }
  if (!rule.pattern.test(value)) sentences.push(`must ${rule.wording}`)
  const bad = badCharacters(value, rule.character)
  const shown = bad ? `; not allowed: ${bad}` : ''
  return `${quote(value)} ${sentences.join(', and ')} (${rule.rule})${shown}.`
}

/** The distinct characters that are not allowed, quoted, at most five of them. */
function badCharacters(value: string, allowed: RegExp): string {
  const bad = new Set(Array.from(value.slice(0, 1000)).filter((character) => !allowed.test(character)))
  const shown = [...bad].slice(0, 5).map((character) => quote(character))
  return shown.join(', ') + (bad.size > 5 ? ' …' : '')
}

/** A value as messages show it: in quotes, control characters made visible, not longer than a line. */
export function quote(value: string): string {
  const line = value.length > 80 ? `${value.slice(0, 79)}…` : value
  const visible = line.replaceAll(controlCharacters, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
  return `'${visible}'`
}

const controlCharacters = /\p{Cc}|\p{Cs}/gu

export const hasControlCharacter = (value: string) => /\p{Cc}/u.test(value)
