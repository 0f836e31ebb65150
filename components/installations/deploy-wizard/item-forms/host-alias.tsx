import { NetworkIcon } from '#components/ui/icons.ts'
import { FieldGrid, WizardField } from '../wizard-field.tsx'
import type { OptionForm, OptionPath } from '../option-form.ts'

export const hostAliasForm: OptionForm<'hostAlias'> = {
  label: 'Host Alias',
  plural: 'Host Aliases',
  purpose: 'Network',
  explanation: 'A host name the pods resolve to an address of yours',
  icon: NetworkIcon,
  empty: { name: '', hostIP: '' },
  summary: ({ name, hostIP }) => [name, hostIP].filter(Boolean).join(' → '),
  identity: ({ name = '' }) => name,
  secretFields: () => [],
  toItem: ({ name = '', hostIP = '' }) => ({ type: 'hostAlias', name: name.trim(), hostIP: hostIP.trim() }),
  fromItem: ({ name, hostIP }) => ({ name, hostIP }),
  Fields: HostAliasFields,
}

function HostAliasFields({ at }: { at: OptionPath }) {
  return (
    <FieldGrid>
      <WizardField name={`${at}.name`} label="Name" placeholder="dbnode" required />
      <WizardField name={`${at}.hostIP`} label="Host IP" placeholder="10.0.0.17" required />
    </FieldGrid>
  )
}
