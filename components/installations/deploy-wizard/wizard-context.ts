'use client'

import { createContext, useContext } from 'react'

/** What the fields of an option may need to know of where they stand. */
export interface WizardSurroundings {
  namespace: string
  cluster: { name: string; ingressDefaultNode: string; k8sNamespaces: string[] | null }
}

export const WizardContext = createContext<WizardSurroundings | null>(null)

export function useWizardContext(): WizardSurroundings {
  const surroundings = useContext(WizardContext)
  if (!surroundings) throw new Error('a field of the wizard stands outside of it')
  return surroundings
}
