import { apiVersionOf, kinds, type Kind } from './kinds.ts'
import type { Tree } from './trees.ts'

const groupVersions = [...new Set(kinds.map(apiVersionOf))]

/** The documents clients read to learn what is served; undefined for other paths. */
export function discover(path: string): Tree | undefined {
  if (path === '/version')
    return {
      major: '1',
      minor: '32',
      gitVersion: 'v1.32.0+sandbox',
      gitCommit: '',
      gitTreeState: 'clean',
      buildDate: '1970-01-01T00:00:00Z',
      goVersion: '',
      compiler: '',
      platform: 'linux/amd64',
    }
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
  const groups = groupVersions.filter((name) => name !== 'v1').map(describeGroup)
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups }
  const group = groups.find(({ name }) => path === `/apis/${name}`)
  if (group) return { kind: 'APIGroup', apiVersion: 'v1', ...group }
  const groupVersion = groupVersions.find((name) => path === pathOf(name))
  if (groupVersion) return listResources(groupVersion)
  if (path === '/openapi/v3')
    return {
      paths: Object.fromEntries(
        groupVersions.map((name) => [
          pathOf(name).slice(1),
          { serverRelativeURL: `/openapi/v3${pathOf(name)}?hash=1` },
        ]),
      ),
    }
  const documented = groupVersions.find((name) => path === `/openapi/v3${pathOf(name)}`)
  return documented ? describePatches(documented) : undefined
}

function pathOf(groupVersion: string): string {
  return groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`
}

function describeGroup(groupVersion: string): { name: string; versions: Tree[]; preferredVersion: Tree } {
  const [name = '', version] = groupVersion.split('/')
  const preferredVersion = { groupVersion, version }
  return { name, versions: [preferredVersion], preferredVersion }
}

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

function listResources(groupVersion: string): Tree {
  const resources = kinds
    .filter((kind) => apiVersionOf(kind) === groupVersion)
    .flatMap((kind) => {
      const { plural: name, singular: singularName, namespaced, shortNames, categories } = kind
      const verbs = kind.kind === 'SelfSubjectAccessReview' ? ['create'] : allVerbs
      return [
        {
          name,
          singularName,
          namespaced,
          kind: kind.kind,
          verbs,
          ...(shortNames.length && { shortNames }),
          ...(categories.length && { categories }),
        },
        ...kind.subresources.map((subresource) => describeSubresource(kind, subresource)),
      ]
    })
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources }
}

function describeSubresource({ plural, namespaced, kind }: Kind, subresource: string): Tree {
  const name = `${plural}/${subresource}`
  if (subresource === 'scale')
    return {
      name,
      singularName: '',
      namespaced,
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
      verbs: ['get', 'patch', 'update'],
    }
  return {
    name,
    singularName: '',
    namespaced,
    kind,
    verbs: subresource === 'log' ? ['get'] : ['get', 'patch', 'update'],
  }
}

/**
 * As much OpenAPI as kubectl reads before a write: which query parameters a patch of each kind takes. The schemas
 * themselves are left out; kubectl then validates on the server and merges by the types it was built with.
 */
function describePatches(groupVersion: string): Tree {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }))
  const paths = kinds
    .filter((kind) => apiVersionOf(kind) === groupVersion)
    .map(({ group, version, kind, plural, namespaced }) => [
      `${pathOf(groupVersion)}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`,
      {
        patch: {
          parameters,
          responses: {},
          'x-kubernetes-action': 'patch',
          'x-kubernetes-group-version-kind': { group, version, kind },
        },
      },
    ])
  return {
    openapi: '3.0.0',
    info: { title: 'Windlass sandbox', version: 'v1.32.0' },
    paths: Object.fromEntries(paths) as Tree,
    components: { schemas: {} },
  }
}
