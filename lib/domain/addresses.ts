import type { LibraryResource } from './library.ts'

const part = encodeURIComponent

/** Every address of the console, built in one place; `ux.md` lists them. */
export const addresses = {
  signIn: '/sign-in',
  account: '/account',
  namespace: (namespace: string) => `/ns/${part(namespace)}`,
  events: (namespace: string) => `/ns/${part(namespace)}/events`,
  clusters: (namespace: string) => `/ns/${part(namespace)}/clusters`,
  newCluster: (namespace: string) => `/ns/${part(namespace)}/clusters/new`,
  cluster: (namespace: string, cluster: string) => `/ns/${part(namespace)}/clusters/${part(cluster)}`,
  connect: (namespace: string, cluster: string) => `/ns/${part(namespace)}/clusters/${part(cluster)}/connect`,
  newInstallation: (namespace: string, cluster: string) =>
    `/ns/${part(namespace)}/clusters/${part(cluster)}/installations/new`,
  installation: (
    namespace: string,
    cluster: string,
    installation: string,
    tab: 'overview' | 'objects' | 'edit' = 'overview',
  ) => `/ns/${part(namespace)}/clusters/${part(cluster)}/installations/${part(installation)}/${tab}`,
  workitems: (namespace: string) => `/ns/${part(namespace)}/workitems`,
  workitem: (namespace: string, requestId: string) => `/ns/${part(namespace)}/workitems/${part(requestId)}`,
  library: (namespace: string, resource: LibraryResource) => `/ns/${part(namespace)}/library/${resource}`,
  members: (namespace: string) => `/ns/${part(namespace)}/settings/members`,
  tokens: (namespace: string) => `/ns/${part(namespace)}/settings/tokens`,
} as const

/**
 * A path of this console, whatever was asked for: nobody is sent elsewhere by a link to the sign-in page. `//host` and
 * what a URL parser turns into it (`/\\host`, `/.//host`) lead elsewhere.
 */
export function keepOnConsole(given: unknown, publicUrl: string): string {
  if (typeof given !== 'string' || !URL.canParse(given, publicUrl)) return '/'
  const url = new URL(given, publicUrl)
  if (url.origin !== new URL(publicUrl).origin || url.pathname.startsWith('//')) return '/'
  return url.pathname + url.search
}
