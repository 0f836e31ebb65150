import type { ConsoleClient } from '#lib/protocol/client.ts'
import { ConsoleError } from '#lib/protocol/client-error.ts'
import type { ClaimAnswer } from '#lib/protocol/messages.ts'
import type { ObservedState } from '#lib/domain/installation.ts'
import { type KubernetesObject, ownershipLabels } from '#lib/domain/kubernetes-object.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { KubernetesError } from '../kubernetes/error.ts'
import { same } from '../kubernetes/owned-fields.ts'
import type { Log } from '../log.ts'
import { observe } from '../observed-state.ts'
import { jitter, wait } from '../waits.ts'
import type { Work } from '../work.ts'

type Installation = ClaimAnswer['installations'][number]

interface ObserverSettings {
  client: ConsoleClient
  kubernetes: KubernetesClient
  clusterName: string
  work: Work
  log: Log
}

const intervalMilliseconds = 12_000
/** What an item reported at its end is newer than the API server's cache for as long as this. */
const cacheLagMilliseconds = 5000
const reportSize = 500

/** Looks at every installation of the console between operations and reports those that changed. */
export class Observer {
  readonly #settings: ObserverSettings
  readonly #reported = new Map<string, ObservedState>()
  #installations: Installation[] = []

  constructor(settings: ObserverSettings) {
    this.#settings = settings
  }

  setInstallations(installations: Installation[]): void {
    this.#installations = installations
    const known = new Set(installations.map(({ id }) => id))
    for (const id of this.#reported.keys()) if (!known.has(id)) this.#reported.delete(id)
  }

  async observeForever(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await wait(jitter(intervalMilliseconds), signal)
      if (!signal.aborted) await this.observeOnce(signal)
    }
  }

  /** A pass that fails is logged and made up for by the next one. */
  async observeOnce(signal: AbortSignal): Promise<void> {
    const { work, client, clusterName, log } = this.#settings
    const since = performance.now() - cacheLagMilliseconds
    const seen: { id: string; observed: ObservedState }[] = []
    for (const [k8sNamespace, installations] of groupByNamespace(this.#installations)) {
      try {
        seen.push(...(await this.#observeNamespace(k8sNamespace, installations)))
      } catch (error) {
        if (!(error instanceof KubernetesError)) throw error
        log.warn(`Namespace ${k8sNamespace} cannot be observed: ${error.message}`)
      }
    }
    const changed = seen.filter(
      ({ id, observed }) => !work.wasBusySince(id, since) && !same(this.#reported.get(id), observed),
    )
    for (let from = 0; from < changed.length; from += reportSize) {
      const installations = changed.slice(from, from + reportSize)
      try {
        await client.report({ clusterName, installations }, signal)
        for (const { id, observed } of installations) this.#reported.set(id, observed)
      } catch (error) {
        if (!(error instanceof ConsoleError)) throw error
        if (!signal.aborted) log.warn(`What was observed could not be reported: ${error.message}`)
        return
      }
    }
    // What an item reported itself is not known here: the next pass reports afresh.
    for (const { id } of seen) if (work.wasBusySince(id, since)) this.#reported.delete(id)
  }

  async #observeNamespace(
    k8sNamespace: string,
    installations: Installation[],
  ): Promise<{ id: string; observed: ObservedState }[]> {
    const { kubernetes } = this.#settings
    // Version 0: from the API server's cache, which costs it next to nothing.
    const query = { labelSelector: 'app.kubernetes.io/managed-by=windlass', resourceVersion: '0' }
    const [statefulSets, pods] = await Promise.all([
      kubernetes.list('StatefulSet', k8sNamespace, { ...query }),
      kubernetes.list('Pod', k8sNamespace, { ...query }),
    ])
    const idOf = (object: KubernetesObject) => object.metadata.labels?.[ownershipLabels.installationId] ?? ''
    const podsById = Map.groupBy(pods, idOf)
    const byId = new Map(statefulSets.map((object) => [idOf(object), object]))
    return installations.map(({ id }) => ({
      id,
      observed: observe(byId.get(id), podsById.get(id) ?? []),
    }))
  }
}

function groupByNamespace(installations: Installation[]): Map<string, Installation[]> {
  return Map.groupBy(installations, ({ k8sNamespace }) => k8sNamespace)
}
