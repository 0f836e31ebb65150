import { badRequest } from './status-errors.ts'
import { isTree, treeAt, type KubeObject } from './trees.ts'

export type Matches = (object: KubeObject) => boolean

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k` over labels; 400 for what cannot be read. */
export function parseLabelSelector(text: string): Matches {
  const tests = (text.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map((part) => labelTest(part.trim(), text))
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}))
}

function labelTest(part: string, text: string): (labels: Record<string, string>) => boolean {
  const set = /^([^\s!=]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part)
  if (set) {
    const [, key = '', operator, list = ''] = set
    const values = list.split(',').map((value) => value.trim())
    return (labels) =>
      operator === 'in'
        ? key in labels && values.includes(labels[key] ?? '')
        : !values.includes(labels[key] ?? '\0')
  }
  const equality = /^([^\s!=]+)\s*(==|=|!=)\s*([^\s!=]*)$/.exec(part)
  if (equality) {
    const [, key = '', operator, value = ''] = equality
    return (labels) => (labels[key] === value) === (operator !== '!=')
  }
  const existence = /^(!?)\s*([^\s!=()]+)$/.exec(part)
  if (!existence) throw badRequest(`unable to parse requirement: found '${part}' in "${text}"`)
  const [, not, key = ''] = existence
  return (labels) => key in labels === (not === '')
}

const selectable: Record<string, RegExp> = {
  Pod: /^(spec\.(nodeName|restartPolicy|schedulerName|serviceAccountName|hostNetwork)|status\.(phase|podIP|nominatedNodeName))$/,
  Event:
    /^(involvedObject\.(kind|namespace|name|uid|apiVersion|resourceVersion|fieldPath)|reason|reportingComponent|source|type)$/,
  Namespace: /^status\.phase$/,
  Secret: /^type$/,
}

/** Field selectors, with the fields a real server knows for the kind; 400 for others. */
export function parseFieldSelector(text: string, kind: string): Matches {
  const tests = text
    .split(',')
    .filter(Boolean)
    .map((part) => {
      const [, path = '', operator, value = ''] = /^([^!=]+)(==|=|!=)(.*)$/.exec(part.trim()) ?? []
      if (!operator) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`)
      if (!/^metadata\.(name|namespace)$/.test(path) && !selectable[kind]?.test(path))
        throw badRequest(`field label not supported: ${path}`)
      const names = path === 'source' ? ['source', 'component'] : path.split('.')
      return (object: KubeObject): boolean => {
        const found = treeAt(object, ...names.slice(0, -1))[names.at(-1) ?? '']
        return (
          ((found === undefined ? '' : typeof found === 'string' ? found : JSON.stringify(found)) ===
            value) ===
          (operator !== '!=')
        )
      }
    })
  return (object) => tests.every((test) => test(object))
}

/** A `LabelSelector` of a spec against labels. */
export function selectorMatches(selector: unknown, labels: Record<string, string>): boolean {
  const expressions =
    isTree(selector) && Array.isArray(selector.matchExpressions) ? selector.matchExpressions : []
  return (
    Object.entries(treeAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value) &&
    (expressions as { key: string; operator: string; values?: string[] }[]).every((one) =>
      expressionMatches(one, labels),
    )
  )
}

/** One requirement of a label selector or a node selector term. */
export function expressionMatches(
  { key, operator, values = [] }: { key: string; operator: string; values?: string[] },
  labels: Record<string, string>,
): boolean {
  const value = labels[key]
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  if (operator === 'Gt') return Number(value) > Number(values[0])
  if (operator === 'Lt') return Number(value) < Number(values[0])
  const isIn = value !== undefined && values.includes(value)
  return operator === 'NotIn' ? !isIn : isIn
}
