import { DocumentIcon } from '#components/ui/icons.ts'
import { given, secretOrText, valueFields, type OptionValues } from '../form-values.ts'
import {
  FieldGrid,
  WizardChoice,
  WizardField,
  WizardNote,
  WizardSource,
  useFieldValue,
} from '../wizard-field.tsx'
import { LibraryField } from '../library-field.tsx'
import { SecretField } from '../secret-field.tsx'
import type { OptionForm, OptionPath } from '../option-form.ts'

export const fileForm: OptionForm<'file'> = {
  label: 'File',
  plural: 'Files',
  purpose: 'Files',
  explanation: 'Typed here, from a ConfigMap or Secret, or from the library',
  icon: DocumentIcon,
  empty: {
    path: '',
    filename: '',
    source: 'typed',
    dataSource: 'configMap',
    name: '',
    key: '',
    resourceType: 'documents',
    resourceName: '',
    ...valueFields('content', ''),
  },
  summary: ({ path = '', filename, resourceName = '', source }) => {
    const file = filename || (source === 'library' ? (resourceName.split('/').at(-1) ?? '') : '')
    return path && `${path.replace(/\/$/, '')}/${file}`
  },
  identity: ({ path, filename, resourceName }) => `${path}/${filename || resourceName}`,
  secretFields: (values) => (isTypedSecret(values) ? ['content'] : []),
  toItem: (values) => ({
    type: 'file',
    path: values.path?.trim() ?? '',
    ...given({ filename: values.filename?.trim() }),
    dataSource: values.dataSource,
    ...sourceProperties(values),
  }),
  fromItem: (item) => ({
    path: item.path,
    filename: item.filename ?? '',
    source: item.resourceName !== undefined ? 'library' : item.content === undefined ? 'existing' : 'typed',
    dataSource: item.dataSource ?? 'configMap',
    name: item.name ?? '',
    key: item.key ?? '',
    resourceType: item.resourceType ?? 'documents',
    resourceName: item.resourceName ?? '',
    ...valueFields('content', item.content),
  }),
  Fields: FileFields,
}

const isTypedSecret = ({ source, dataSource }: OptionValues) => source === 'typed' && dataSource === 'secret'

function sourceProperties(values: OptionValues): Record<string, unknown> {
  if (values.source === 'existing') return { name: values.name?.trim() ?? '', key: values.key?.trim() ?? '' }
  if (values.source === 'library') {
    return { resourceType: values.resourceType, resourceName: values.resourceName?.trim() ?? '' }
  }
  // A kept secret cannot become a ConfigMap: then what was typed counts, and an empty file is one too.
  return { content: isTypedSecret(values) ? secretOrText(values, 'content') : (values.content ?? '') }
}

function FileFields({ at }: { at: OptionPath }) {
  const source = useFieldValue(`${at}.source`)
  const dataSource = useFieldValue(`${at}.dataSource`)
  const path = useFieldValue(`${at}.path`)
  const kind = dataSource === 'secret' ? 'Secret' : 'ConfigMap'
  return (
    <>
      <WizardSource
        name={`${at}.source`}
        label="Source"
        sources={[
          ['typed', 'Typed here'],
          ['existing', 'Existing ConfigMap or Secret'],
          ['library', 'Mount Resource'],
        ]}
      />
      <FieldGrid>
        <WizardField name={`${at}.path`} label="Path" placeholder="/app/serverConfig" required />
        <WizardField
          name={`${at}.filename`}
          label="Filename"
          placeholder="server.config"
          required={source !== 'library'}
          help={source === 'library' ? "Empty: the resource's own name" : undefined}
        />
        <WizardChoice
          name={`${at}.dataSource`}
          label="Data Source"
          required
          options={[
            { value: 'configMap', label: 'configMap' },
            { value: 'secret', label: 'secret' },
          ]}
        />
        {source === 'existing' && (
          <>
            <WizardField name={`${at}.name`} label={`${kind} Name`} required />
            <WizardField name={`${at}.key`} label="Key" required />
          </>
        )}
        {source === 'library' && <LibraryField at={at} />}
        {source === 'typed' &&
          (dataSource === 'secret' ? (
            <SecretField at={at} field="content" label="Content" rows={4} />
          ) : (
            <WizardField name={`${at}.content`} label="Content" rows={4} />
          ))}
      </FieldGrid>
      <WizardNote>
        {path?.startsWith('/')
          ? `The pods see only mounted files in ${path}`
          : 'The pods see only mounted files at this path'}
        : what the image has there is hidden.
      </WizardNote>
    </>
  )
}
