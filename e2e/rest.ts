import { expect, type APIResponse, type Page } from '@playwright/test'

/** Sends what the page itself could send: with its session, from its origin. */
export const send = (
  page: Page,
  method: 'POST' | 'DELETE',
  path: string,
  { namespace = 'default', data }: { namespace?: string; data?: unknown } = {},
): Promise<APIResponse> =>
  page.request.fetch(`/api/v1/resources/${path}?namespace=${namespace}`, {
    method,
    headers: { origin: new URL(page.url()).origin },
    ...(data === undefined ? {} : { data }),
  })

/** Makes what a spec begins with. */
export async function make<Row>(page: Page, path: string, data: unknown, namespace?: string): Promise<Row> {
  const answer = await send(page, 'POST', path, { data, ...(namespace ? { namespace } : {}) })
  expect(answer.status(), await answer.text()).toBe(200)
  return (await answer.json()) as Row
}
