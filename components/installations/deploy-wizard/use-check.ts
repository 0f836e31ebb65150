'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { FieldPath, UseFormReturn } from 'react-hook-form'
import type { Fault } from '#lib/domain/errors.ts'
import { isField, placeFaults, type OptionPlaces, type PlacedFault } from './faults.ts'
import { toCommand, type DeployCommand, type WizardValues } from './form-values.ts'
import { itemForms, placeInForm } from './item-forms.tsx'

export interface Checked {
  /** Every fault of what stands in the form, in its order. */
  faults: PlacedFault[]
  /** Those of them that are shown where they stand. */
  shown: PlacedFault[]
  /** What was checked; the preview shows it. */
  command: DeployCommand
}

const quietMilliseconds = 150
/** Nobody wants to hear that half an address is wrong. */
const restMilliseconds = 800

/**
 * Checks the whole form while somebody types, because one value can make another one wrong. A fault is shown at its
 * field once the field was left, or typing in it has rested; all are after a refused submit. The rules themselves
 * load after the page.
 */
export function useCheck(
  form: UseFormReturn<WizardValues>,
  { ingressDefaultNode, revision }: { ingressDefaultNode: string; revision: number },
) {
  const [checked, setChecked] = useState<Checked>()
  const shows = useRef({ all: false, fields: new Set<string>() })
  const refused = useRef<{ fault: PlacedFault; given: string }[]>([])
  const atFields = useRef<ReadonlySet<string>>(new Set())
  const latest = useRef(0)

  const check = useCallback(async () => {
    const turn = ++latest.current
    const { checkDeploy } = await import('#lib/domain/deploy-config/check-deploy.ts')
    const command = toCommand(form.getValues(), itemForms, revision)
    const result = checkDeploy(command, { ingressDefaultNode })
    const places: OptionPlaces = (position, property) =>
      placeInForm(form.getValues(`options.${position}`), property)
    const own = placeFaults(result.ok ? [] : result.faults, places)
    // What the server refused stays refused until it is changed: the browser cannot judge it.
    refused.current = refused.current.filter(({ fault, given }) => valueAt(form, fault.field) === given)
    const named = new Set(own.map(({ field }) => field))
    const others = refused.current.map(({ fault }) => fault).filter(({ field }) => !named.has(field))
    const faults = [...own, ...others]
    if (turn === latest.current) {
      const shown = faults.filter((fault) => isShown(fault, shows.current))
      atFields.current = showFaults(form, shown, atFields.current)
      setChecked({ faults, shown, command })
    }
    return { command, faults }
  }, [form, ingressDefaultNode, revision])

  useEffect(() => {
    const timers: ReturnType<typeof setTimeout>[] = []
    const changed = ({ name }: { name?: string }) => {
      for (const timer of timers.splice(0)) clearTimeout(timer)
      timers.push(setTimeout(() => void check(), quietMilliseconds))
      if (name === undefined || shows.current.fields.has(name)) return
      timers.push(
        setTimeout(() => {
          shows.current.fields.add(name)
          void check()
        }, restMilliseconds),
      )
    }
    changed({})
    const unsubscribe = form.subscribe({ formState: { values: true }, callback: changed })
    return () => {
      for (const timer of timers) clearTimeout(timer)
      unsubscribe()
    }
  }, [check, form])

  /** Somebody left a field: from now on its fault is shown. */
  const leave = useCallback(
    (field: string) => {
      if (shows.current.fields.has(field)) return
      shows.current.fields.add(field)
      void check()
    },
    [check],
  )

  /** Checks now and shows every fault. */
  const checkAll = useCallback(() => {
    shows.current.all = true
    return check()
  }, [check])

  /** Shows what the server refused, at the fields it names. */
  const refuse = useCallback(
    (faults: readonly Fault[]) => {
      refused.current = placeFaults(faults, () => ({ type: 0, property: 0 })).map((fault) => ({
        fault,
        given: valueAt(form, fault.field),
      }))
      return checkAll()
    },
    [checkAll, form],
  )

  /** After an option is removed, the positions behind it mean others. */
  const forget = useCallback(() => {
    refused.current = []
    shows.current.fields = new Set([...shows.current.fields].filter((field) => !field.startsWith('options.')))
  }, [])

  return { checked, leave, checkAll, refuse, forget }
}

function valueAt(form: UseFormReturn<WizardValues>, field: string): string {
  return (
    JSON.stringify(field === '' ? form.getValues() : form.getValues(field as FieldPath<WizardValues>)) ?? ''
  )
}

interface Shows {
  all: boolean
  fields: ReadonlySet<string>
}

function isShown({ field }: PlacedFault, { all, fields }: Shows): boolean {
  if (all || fields.has(field)) return true
  // A fault of a whole option shows once one of its fields would.
  return isField(field) ? false : [...fields].some((name) => field !== '' && name.startsWith(`${field}.`))
}

/** Puts the first fault of each field beside it, takes away what is repaired, and answers the fields with one. */
function showFaults(
  form: UseFormReturn<WizardValues>,
  shown: readonly PlacedFault[],
  before: ReadonlySet<string>,
): ReadonlySet<string> {
  const first = new Map<string, PlacedFault>()
  for (const fault of shown)
    if (isField(fault.field) && !first.has(fault.field)) first.set(fault.field, fault)
  for (const name of before) if (!first.has(name)) form.clearErrors(name as FieldPath<WizardValues>)
  for (const [field, { rule, message }] of first) {
    const name = field as FieldPath<WizardValues>
    if (form.getFieldState(name).error?.message !== message) form.setError(name, { type: rule, message })
  }
  return new Set(first.keys())
}
