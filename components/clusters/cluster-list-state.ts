export const clusterFilters = [] as const
export const clustersPageSize = 50

export const installationFilters = ['installationStatus'] as const
export const installationsPageSize = 25

/** Items the status panel shows; what waits beyond them is counted. */
export const queueShown = 50
