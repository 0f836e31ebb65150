import type { OptionValues, Translations, WizardValues } from './form-values.ts'

export interface Merged {
  values: WizardValues
  /** What both have changed, in words; what was typed here was kept. */
  conflicts: string[]
}

/** How options are told apart and named; the table in item-forms.tsx has it for each type. */
export interface MergeRules {
  translations: Translations
  identityOf(option: OptionValues): string
  labelOf(option: OptionValues): string
}

/**
 * Brings into `mine` what `theirs` has changed since `base`. What only one side changed is taken from that side; of
 * what both changed differently mine stays and is listed. An option removed here and changed there comes back.
 */
export function mergeWizards(
  base: WizardValues,
  mine: WizardValues,
  theirs: WizardValues,
  rules: MergeRules,
): Merged {
  const conflicts: string[] = []
  const image = { ...mine.image }
  for (const field of Object.keys(image) as (keyof typeof image)[]) {
    const [before, here, there] = [base.image[field], mine.image[field], theirs.image[field]]
    if (here === before) image[field] = there
    else if (there !== before && there !== here)
      conflicts.push(`image ${field}: ${there} there, ${here} here`)
  }

  const [before, here, there] = [base, mine, theirs].map((values) => byIdentity(values.options, rules))
  const options: OptionValues[] = []
  for (const identity of new Set([...(here?.keys() ?? []), ...(there?.keys() ?? [])])) {
    const [was, own, other] = [before?.get(identity), here?.get(identity), there?.get(identity)]
    const isSame = (one: OptionValues | undefined, two: OptionValues | undefined) =>
      contentOf(one, rules) === contentOf(two, rules)
    let kept = own
    if (isSame(own, was)) kept = other === undefined || !isSame(other, own) ? other : own
    else if (!isSame(other, was) && !isSame(other, own)) {
      kept = own ?? other
      const option = own ?? other
      if (option) conflicts.push(`${rules.labelOf(option)}${other ? '' : ' (removed there)'}`)
    }
    if (kept) options.push(kept)
  }
  return { values: { ...mine, image, options }, conflicts }
}

function byIdentity(options: readonly OptionValues[], rules: MergeRules): Map<string, OptionValues> {
  const found = new Map<string, OptionValues>()
  for (const option of options) {
    let identity = `${option.type} ${rules.identityOf(option)}`
    while (found.has(identity)) identity += ' again'
    found.set(identity, option)
  }
  return found
}

function contentOf(option: OptionValues | undefined, { translations }: MergeRules): string {
  return option ? JSON.stringify(translations[option.type].toItem(option)) : ''
}
