export const workitemFilters = ['clusterName', 'status', 'operation', 'installationName'] as const
export const workitemsPageSize = 50
/** The history has a page, an order and filters of its own, in the same address. */
export const historyView = 'history'
