import { sectionOfField, type PlacedFault } from './faults.ts'

/** The parts of the page, in the order they are read. */
export const sections = [
  { number: 1, id: 'name-and-image', title: 'Name and image' },
  { number: 2, id: 'pull-secret-and-service-account', title: 'Pull secret and service account' },
  { number: 3, id: 'configuration-options', title: 'Configuration options' },
  { number: 4, id: 'review-and-deploy', title: 'Review and deploy' },
] as const

export type SectionNumber = (typeof sections)[number]['number']

export interface SectionState {
  /** Complete, or nothing to fill in. */
  isDone: boolean
  /** Faults a reader can see in it. */
  faultCount: number
}

/** What the list of sections says of one; nothing is done before the first check. */
export function stateOfSection(
  number: SectionNumber,
  checked: { faults: readonly PlacedFault[]; shown: readonly PlacedFault[] } | undefined,
): SectionState {
  if (!checked) return { isDone: false, faultCount: 0 }
  const isHere = ({ field }: PlacedFault) => sectionOfField(field) === number
  return {
    // The last section is done when there is nothing left but to press the button.
    isDone: number === 4 ? checked.faults.length === 0 : !checked.faults.some(isHere),
    faultCount: checked.shown.filter(isHere).length,
  }
}
