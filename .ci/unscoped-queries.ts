/** Files, or folders, of lib/server that may query a namespace's table without `scope.in`, and why. */
export const unscoped: Readonly<Record<string, string>> = {
  'lib/server/access/verb.ts': 'finds the role that decides whether there is a scope at all',
  'lib/server/library/stage.ts': 'an upload under way is found by its random id; storing it checks the rest',
  'lib/server/memberships': 'verbs of the organization: the namespace is first found within it',
  'lib/server/clusters/note-worker.ts': 'one statement for the clusters of all workers that wait',
  'lib/server/workitems/reap.ts': 'leases end by the clock, in every namespace',
  'lib/server/tokens/authenticate.ts': 'whose a token is, is known only when it was found',
  'lib/server/tokens/issue-personal.ts': "a person's own tokens, whatever namespace they are for",
}
