import { VariableIcon } from '#components/ui/icons.ts'
import { secretOrText, valueFields } from '../form-values.ts'
import { FieldGrid, WizardField, WizardSource, useFieldValue } from '../wizard-field.tsx'
import { SecretField } from '../secret-field.tsx'
import type { OptionForm, OptionPath } from '../option-form.ts'

export const environmentVariableForm: OptionForm<'environmentVariable'> = {
  label: 'Environment Variable',
  plural: 'Environment Variables',
  purpose: 'Environment',
  explanation: 'A plain value, a secret one, or a key of an existing Secret',
  icon: VariableIcon,
  empty: { name: '', source: 'plain', secretName: '', key: '', ...valueFields('value', '') },
  summary: ({ name = '', source, value = '', secretName, key }) => {
    if (source === 'secret') return name && `${name} (secret)`
    if (source === 'existing') return name && `${name} from ${secretName}/${key}`
    return name && `${name}=${value.length > 24 ? `${value.slice(0, 24)}…` : value}`
  },
  identity: ({ name = '' }) => name,
  secretFields: ({ source }) => (source === 'secret' ? ['value'] : []),
  toItem: (values) => ({
    type: 'environmentVariable',
    name: values.name?.trim() ?? '',
    ...(values.source === 'existing'
      ? { secretName: values.secretName?.trim() ?? '', key: values.key?.trim() ?? '' }
      : values.source === 'secret'
        ? { value: secretOrText(values, 'value'), asSecret: true }
        : { value: values.value }),
  }),
  fromItem: (item) => ({
    name: item.name,
    source: item.secretName !== undefined ? 'existing' : isSecret(item) ? 'secret' : 'plain',
    secretName: item.secretName ?? '',
    key: item.key ?? '',
    ...valueFields('value', item.value),
  }),
  Fields: EnvironmentVariableFields,
}

const isSecret = (item: { value?: unknown; asSecret?: boolean }) =>
  item.asSecret === true || typeof item.value === 'object'

function EnvironmentVariableFields({ at }: { at: OptionPath }) {
  const source = useFieldValue(`${at}.source`)
  return (
    <>
      <WizardSource
        name={`${at}.source`}
        label="Source"
        sources={[
          ['plain', 'Plain'],
          ['secret', 'As secret'],
          ['existing', 'From an existing Secret'],
        ]}
      />
      <FieldGrid>
        <WizardField name={`${at}.name`} label="Name" placeholder="LOG_LEVEL" required />
        {source === 'plain' && <WizardField name={`${at}.value`} label="Value" />}
        {source === 'secret' && <SecretField at={at} field="value" label="Value" />}
        {source === 'existing' && (
          <>
            <WizardField name={`${at}.secretName`} label="Secret Name" required />
            <WizardField name={`${at}.key`} label="Key" required />
          </>
        )}
      </FieldGrid>
    </>
  )
}
