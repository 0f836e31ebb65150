/**
 * Gathers what is to be looked at again while a look is under way, so that a storm of changes costs one request at a
 * time and the last change is always seen. The first change is acted on at once.
 */
export function createRefresher<Item>(
  refresh: (items: ReadonlySet<Item>) => Promise<unknown>,
  pauseMilliseconds = 200,
): (items: readonly Item[]) => void {
  let gathered = new Set<Item>()
  let isBusy = false

  async function run(): Promise<void> {
    isBusy = true
    while (gathered.size > 0) {
      const items = gathered
      gathered = new Set()
      // A failed look is the query's to show; the next change looks again.
      await refresh(items).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
    }
    isBusy = false
  }

  return (items) => {
    for (const item of items) gathered.add(item)
    if (!isBusy && gathered.size > 0) void run()
  }
}
