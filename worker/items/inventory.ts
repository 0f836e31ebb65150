import { inventoryName, type KubernetesObject, type ObjectReference } from '#lib/domain/kubernetes-object.ts'
import { KubernetesError } from '../kubernetes/error.ts'
import { type ItemContext, isOurs } from './context.ts'
import { ItemFailure } from './failure.ts'
import { type InventoryState, readState, writeState } from './inventory-state.ts'

const maximumSwaps = 10

/**
 * The inventory is the installation's account of itself in the cluster, and the fence between workers: before any other
 * write an item takes it by compare-and-swap of (revision, lease). Who finds a newer pair there writes nothing. It
 * lists every object that exists or may exist, and never holds a secret.
 */
export class Inventory {
  readonly #context: ItemContext
  #live: KubernetesObject | null
  #standing: InventoryState | null
  /** An earlier holder was seen that never settled. */
  #mayHaveRival = false

  private constructor(context: ItemContext, live: KubernetesObject | null) {
    this.#context = context
    this.#live = live
    this.#standing = live ? readState(live) : null
  }

  static async read(context: ItemContext): Promise<Inventory> {
    const inventory = new Inventory(context, null)
    await inventory.#reread()
    return inventory
  }

  get exists(): boolean {
    return this.#live !== null
  }

  get objects(): ObjectReference[] {
    return this.#standing?.objects ?? []
  }

  get checksumKey(): string | null {
    return this.#standing?.checksumKey ?? null
  }

  /**
   * Takes the installation for this lease and writes down what may exist from now on. Answers whether an earlier holder
   * never said it was done: then it may still be alive, and every object must be written once so that whatever it has
   * read is out of date.
   */
  async take(objects: ObjectReference[]): Promise<{ mustWriteAll: boolean }> {
    const { item } = this.#context
    await this.#swap({
      revision: item.revision,
      lease: item.lease.number,
      isSettled: false,
      objects,
      checksumKey: this.checksumKey,
    })
    return { mustWriteAll: this.#mayHaveRival }
  }

  /** The last write of an item that leaves objects behind. */
  async settle(objects: ObjectReference[], checksumKey: string | null = this.checksumKey): Promise<void> {
    const { item } = this.#context
    await this.#swap({
      revision: item.revision,
      lease: item.lease.number,
      isSettled: true,
      objects,
      checksumKey,
    })
  }

  /** The last write of an undeploy. */
  async remove(): Promise<void> {
    for (let swaps = 0; this.#live !== null; swaps += 1) {
      try {
        await this.#context.kubernetes.delete(this.#live)
        this.#live = null
      } catch (error) {
        if (!isRace(error) || swaps === maximumSwaps) throw error
        await this.#reread()
        if (this.#live !== null && !this.isHeldByUs) throw this.#overtaken()
      }
    }
  }

  /** Throws when anybody else has taken the installation, or undeployed it. */
  async assertStillOurs(): Promise<void> {
    await this.#reread()
    if (!this.isHeldByUs) throw this.#overtaken()
  }

  /** This very lease took it. */
  get isHeldByUs(): boolean {
    const { item } = this.#context
    return this.#standing?.revision === item.revision && this.#standing.lease === item.lease.number
  }

  async #swap(next: InventoryState): Promise<void> {
    const wasThere = this.#live !== null
    for (let swaps = 0; ; swaps += 1) {
      // One that was there and is gone was undeployed meanwhile: to make it again would bring the installation back.
      if (this.#isNewer() || (wasThere && this.#live === null)) throw this.#overtaken()
      try {
        const body = writeState(next, this.#context.item, this.#live?.metadata.resourceVersion)
        this.#live =
          this.#live === null
            ? await this.#context.kubernetes.create(body)
            : await this.#context.kubernetes.replace(body)
        this.#standing = next
        return
      } catch (error) {
        if (!isRace(error) || swaps === maximumSwaps) throw error
        await this.#reread()
      }
    }
  }

  async #reread(): Promise<void> {
    const { item, kubernetes } = this.#context
    this.#live = await kubernetes.get({
      kind: 'ConfigMap',
      namespace: item.k8sNamespace,
      name: inventoryName(item.installationName),
    })
    this.#standing = this.#live ? readState(this.#live) : null
    if (this.#standing && !this.#standing.isSettled && !this.isHeldByUs) this.#mayHaveRival = true
    if (this.#live && !isOurs(this.#live, item.ownership)) {
      throw new ItemFailure({
        cause: 'conflict',
        message: `ConfigMap ${this.#live.metadata.name} exists in namespace "${item.k8sNamespace}" and is not this installation's: another console, or an earlier installation of this name, keeps its account there. Nothing was changed.`,
        object: `ConfigMap ${this.#live.metadata.name}`,
      })
    }
  }

  /** A newer revision, or a newer lease of this one, stands there. */
  #isNewer(): boolean {
    const { item } = this.#context
    const standing = this.#standing
    if (!standing) return false
    return (
      standing.revision > item.revision ||
      (standing.revision === item.revision && standing.lease > item.lease.number)
    )
  }

  #overtaken(): ItemFailure {
    const { item } = this.#context
    const ours = `revision ${item.revision} (lease ${item.lease.number})`
    const what = this.#standing
      ? `Revision ${this.#standing.revision} (lease ${this.#standing.lease}) has taken this installation in the cluster; ${ours} is older and changes nothing any more.`
      : `The inventory of this installation was removed while ${ours} worked on it: it was undeployed, or somebody took it away. Nothing more was changed.`
    return new ItemFailure({ cause: 'conflict', message: what })
  }
}

/** Somebody wrote between our reading and our writing; or an answer was lost and the write was ours. */
function isRace(error: unknown): boolean {
  return (
    error instanceof KubernetesError &&
    (error.isStale || (error.status === 404 && error.aboutKind !== 'namespaces'))
  )
}
