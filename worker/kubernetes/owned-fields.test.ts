import { expect, it } from 'vitest'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { readOwnedFields, same } from './owned-fields.ts'

const live: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: {
    name: 'jdbc',
    labels: { ours: '1', theirs: '2' },
    managedFields: [
      {
        manager: 'kubectl',
        operation: 'Update',
        fieldsV1: { 'f:metadata': { 'f:labels': { 'f:theirs': {} } } },
      },
      { manager: 'windlass-k8s-worker', operation: 'Update', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
      {
        manager: 'windlass-k8s-worker',
        operation: 'Apply',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:ours': {} } },
          'f:spec': {
            'f:template': {
              'f:containers': {
                'k:{"name":"main"}': { '.': {}, 'f:name': {}, 'f:args': {}, 'f:emptyDir': {} },
                'k:{"name":"gone"}': { '.': {}, 'f:name': {} },
              },
              'f:set': { 'v:"b"': {} },
              'f:map': { '.': {} },
            },
          },
        },
      },
    ],
  },
  spec: {
    replicas: 3,
    template: {
      containers: [
        { name: 'side', image: 'injected' },
        { name: 'main', image: 'not ours', args: ['a', 'b'], emptyDir: {} },
      ],
      set: ['a', 'b'],
      map: { other: 1 },
    },
  },
}

it('reads from managedFields exactly what this worker applied', () => {
  expect(readOwnedFields(live)).toEqual({
    metadata: { labels: { ours: '1' } },
    spec: {
      template: { containers: [{ name: 'main', args: ['a', 'b'], emptyDir: {} }], set: ['b'], map: {} },
    },
  })
})

it('owns nothing of an object it never applied', () => {
  expect(readOwnedFields({ ...live, metadata: { name: 'jdbc' } })).toEqual({})
})

it.each([
  [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [[1, 2], [2, 1], false],
  [{ a: 1 }, { b: 1 }, false],
  [[], {}, false],
  [null, {}, false],
  ['1', 1, false],
])('compares %j with %j: %s', (left, right, expected) => {
  expect(same(left, right)).toBe(expected)
})
