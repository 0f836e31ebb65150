import { z } from 'zod'
import { describeNameFault, type NameRule } from './kubernetes-names.ts'

/**
 * Text under a named rule. `describe` answers a sentence that shows the bad part, or undefined; the rule's name
 * travels in the issue's `params`, where faults take it from.
 */
export function ruledText(rule: string, describe: (value: string) => string | undefined) {
  return z.string().superRefine((value, context) => {
    const message = describe(value)
    if (message !== undefined) context.addIssue({ code: 'custom', message, params: { rule } })
  })
}

/** Text under one of Kubernetes' rules for names. */
export const nameField = (rule: NameRule) => ruledText(rule.rule, (value) => describeNameFault(value, rule))

/** Any text that PostgreSQL and Kubernetes can hold. */
export const StorableText = ruledText('storableText', (text) => {
  if (text.includes('\0')) return 'The text holds a NUL character, which cannot be stored.'
  return text.isWellFormed() ? undefined : 'The text holds half a Unicode character, which cannot be stored.'
})
