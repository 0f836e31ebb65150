import { invalidValue, type Cause } from './status-errors.ts'

export const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
export const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
export const service = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
export const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
export const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
export const serviceRule =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
export const qualified =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
export const qualifiedRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/
const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

export function checkName(name: string, field: string, form: RegExp, rule: string, longest: number): Cause[] {
  const causes: Cause[] = []
  if (name.length > longest)
    causes.push(invalidValue(field, name, `must be no more than ${longest} characters`))
  if (!form.test(name)) causes.push(invalidValue(field, name, rule))
  return causes
}

export function checkLabels(labels: Record<string, string>, field: string): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(qualified.test(key) ? [] : [invalidValue(field, key, qualifiedRule)]),
    ...(value.length > 63 ? [invalidValue(field, value, 'must be no more than 63 characters')] : []),
    ...(value.length > 63 || labelValue.test(value) ? [] : [invalidValue(field, value, labelValueRule)]),
  ])
}

export function isAddress(text = ''): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}$/.test(text)
    ? text.split('.').every((part) => Number(part) < 256 && String(Number(part)) === part)
    : /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text)
}

export function checkPort(port: number, field: string): Cause[] {
  return port >= 1 && port <= 65535
    ? []
    : [invalidValue(field, port, 'must be between 1 and 65535, inclusive')]
}

export function checkPortName(name: string | undefined, field: string): Cause[] {
  if (name === undefined) return []
  if (name.length > 15) return [invalidValue(field, name, 'must be no more than 15 characters')]
  if (!/^[-a-z0-9]+$/.test(name))
    return [
      invalidValue(field, name, 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'),
    ]
  return /[a-z]/.test(name) ? [] : [invalidValue(field, name, 'must contain at least one letter (a-z)')]
}
