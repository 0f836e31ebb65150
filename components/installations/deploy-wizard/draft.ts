import type { WizardValues } from './form-values.ts'

/** What a browser keeps of a form that was not deployed yet. */
export interface Draft {
  values: WizardValues
  /** The revision the form began with; deploying says it was this one that was seen. */
  revision: number
  savedAt: string
  /** Whether a secret was typed that the draft does not hold. */
  leftOutSecrets: boolean
}

export interface DraftAddress {
  user: string
  namespace: string
  cluster: string
  /** Null for the form of a new one. */
  installation: string | null
}

const version = 1

function keyOf(address: DraftAddress): string {
  const parts = [address.user, address.namespace, address.cluster, address.installation ?? '']
  return `windlass-draft/${version}/${parts.map(encodeURIComponent).join('/')}`
}

/** Undefined without one, and where the browser keeps nothing (private windows, full storage). */
export function readDraft(address: DraftAddress): Draft | undefined {
  try {
    const text = localStorage.getItem(keyOf(address))
    return text === null ? undefined : (JSON.parse(text) as Draft)
  } catch {
    return undefined
  }
}

/** Answers whether it was kept. The caller has taken the secrets out: see `withoutSecrets`. */
export function writeDraft(address: DraftAddress, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(address), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function discardDraft(address: DraftAddress): void {
  try {
    localStorage.removeItem(keyOf(address))
  } catch {
    // Nothing is kept where nothing can be removed.
  }
}

type SecretFields = (option: WizardValues['options'][number]) => string[]

/** The values with every secret field emptied. */
export function withoutSecrets(values: WizardValues, secretFields: SecretFields): WizardValues {
  return {
    ...values,
    options: values.options.map((option) => ({
      ...option,
      ...Object.fromEntries(secretFields(option).map((field) => [field, ''])),
    })),
  }
}

/** Whether a secret stands in the form that a draft cannot hold. */
export function holdsSecrets(values: WizardValues, secretFields: SecretFields): boolean {
  return values.options.some((option) => secretFields(option).some((field) => option[field] !== ''))
}
