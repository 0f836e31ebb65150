import { expect, test } from 'vitest'
import { formatSort, parseSort, readListState, toListQuery } from './list-state.ts'

test('page, order and filters are read from the address', () => {
  const state = readListState({ page: '3', sort: '-requestedAt', status: 'FAILED', other: 'x' }, ['status'])
  expect(state).toEqual({
    page: 3,
    sort: { by: 'requestedAt', isDescending: true },
    filters: { status: 'FAILED' },
  })
  expect(toListQuery(state, { pageSize: 50, fixed: { clusterName: 'minikube' } })).toEqual({
    where: { status: 'FAILED', clusterName: 'minikube' },
    sort: { requestedAt: -1 },
    limit: 50,
    page: 3,
    count: true,
  })
})

test.each([
  { page: '0' },
  { page: '-1' },
  { page: '1.5' },
  { page: 'x' },
  { page: ['2', '3'] },
  { sort: '--name' },
  { status: '' },
])('what makes no sense is as if it were not there: %j', (params) => {
  expect(readListState(params, ['status'])).toEqual({ page: 1, sort: null, filters: {} })
})

test('a fixed filter cannot be changed by the address', () => {
  const state = readListState({ clusterName: 'other' }, ['clusterName'])
  expect(toListQuery(state, { pageSize: 1, fixed: { clusterName: 'mine' } }).where).toEqual({
    clusterName: 'mine',
  })
})

test.each(['name', '-name'])('order %s goes into the address and back', (text) => {
  const sort = parseSort(text)
  expect(sort && formatSort(sort)).toBe(text)
})
