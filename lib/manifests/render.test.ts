import { expect, test } from 'vitest'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import { assignNumbers } from './number.ts'
import { renderInstallation } from './render.ts'
import {
  checksumOf,
  containerOf,
  find,
  image,
  labels,
  metadata,
  namesOf,
  podOf,
  render,
  selector,
  base64,
} from './testing/render-jdbc.ts'

test('the guide’s JDBC connector becomes a StatefulSet and a headless Service, and nothing else', () => {
  const objects = render([
    { type: 'hostAlias', name: 'dbnode', hostIP: '192.168.1.10' },
    { type: 'hostAlias', name: 'vantiqhost', hostIP: '192.168.1.10' },
    {
      type: 'file',
      path: '/app/serverConfig',
      filename: 'server.config',
      dataSource: 'secret',
      name: 'jdbc-server-config',
      key: 'data',
    },
  ])
  expect(objects).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('vantiq-jdbc-headless'),
      spec: { clusterIP: 'None', selector },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata('jdbc'),
      spec: {
        replicas: 1,
        serviceName: 'vantiq-jdbc-headless',
        selector: { matchLabels: selector },
        template: {
          metadata: { labels },
          spec: {
            hostAliases: [{ ip: '192.168.1.10', hostnames: ['dbnode', 'vantiqhost'] }],
            containers: [
              {
                name: 'main',
                image: 'quay.io/vantiq/jdbc:1.0',
                volumeMounts: [
                  { name: expect.stringMatching(/^files-[0-9a-f]{10}$/), mountPath: '/app/serverConfig' },
                ],
              },
            ],
            volumes: [
              {
                name: expect.stringMatching(/^files-[0-9a-f]{10}$/),
                projected: {
                  sources: [
                    {
                      secret: { name: 'jdbc-server-config', items: [{ key: 'data', path: 'server.config' }] },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    },
  ])
})

test('every property of an image has its place', () => {
  const config: ConfigItem[] = [
    {
      ...image,
      imagePullSecret: 'quay-secret',
      serviceAccount: 'robot',
      replicaCount: 3,
      pullPolicy: 'Never',
    },
  ]
  const objects = render([], { config })
  expect(find(objects, 'StatefulSet', 'jdbc')['spec']).toMatchObject({
    replicas: 3,
    template: {
      spec: {
        imagePullSecrets: [{ name: 'quay-secret' }],
        serviceAccountName: 'robot',
        containers: [{ image: 'quay.io/vantiq/jdbc:1.0', imagePullPolicy: 'Never' }],
      },
    },
  })
})

test('an installation that is shut down has no replicas, whatever its image says', () => {
  expect(find(render([], { replicas: 0 }), 'StatefulSet', 'jdbc')['spec']).toMatchObject({ replicas: 0 })
})

test('a TCP port becomes a container port, a named Service and an Ingress', () => {
  const objects = render([{ type: 'inboundPort', port: 8080, protocol: 'TCP' }])
  const ports = [{ name: 'tcp-8080', port: 8080, protocol: 'TCP', targetPort: 8080 }]
  expect(namesOf(objects)).toEqual([
    'Service vantiq-jdbc-headless',
    'Service vantiq-jdbc-service-0',
    'StatefulSet jdbc',
    'Ingress vantiq-jdbc-ingress-0',
  ])
  expect(containerOf(objects)['ports']).toEqual([{ name: 'tcp-8080', containerPort: 8080, protocol: 'TCP' }])
  expect(objects[0]?.['spec']).toEqual({ clusterIP: 'None', selector, ports })
  expect(objects[1]).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('vantiq-jdbc-service-0'),
    spec: { type: 'NodePort', selector, ports },
  })
  expect(objects[3]).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata('vantiq-jdbc-ingress-0'),
    spec: {
      rules: [
        {
          host: 'vantiq-minikube-node',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'vantiq-jdbc-service-0', port: { number: 8080 } } },
              },
            ],
          },
        },
      ],
    },
  })
})

test('what a port says of itself is used as it is', () => {
  const objects = render(
    [
      {
        type: 'inboundPort',
        port: 443,
        protocol: 'TCP',
        host: 'jdbc.example.com',
        portName: 'https',
        serviceType: 'ClusterIP',
        serviceName: 'jdbc',
        clusterIP: '10.96.0.20',
      },
    ],
    { cluster: { ingressDefaultNode: 'unused', ingressClassName: 'nginx' } },
  )
  expect(find(objects, 'Service', 'jdbc')['spec']).toMatchObject({
    type: 'ClusterIP',
    clusterIP: '10.96.0.20',
    ports: [{ name: 'https', port: 443 }],
  })
  expect(find(objects, 'Ingress', 'vantiq-jdbc-ingress-0')['spec']).toMatchObject({
    ingressClassName: 'nginx',
    rules: [{ host: 'jdbc.example.com', http: { paths: [{ backend: { service: { name: 'jdbc' } } }] } }],
  })
})

test('a UDP port has no Ingress', () => {
  const objects = render([
    { type: 'inboundPort', port: 53, protocol: 'UDP' },
    { type: 'inboundPort', port: 53, protocol: 'TCP' },
  ])
  expect(namesOf(objects)).toEqual([
    'Service vantiq-jdbc-headless',
    'Service vantiq-jdbc-service-0',
    'Service vantiq-jdbc-service-1',
    'StatefulSet jdbc',
    'Ingress vantiq-jdbc-ingress-0',
  ])
})

test('variables keep their order; secret ones are in one Secret', () => {
  const objects = render([
    { type: 'environmentVariable', name: 'PLAIN', value: 'a $(B)' },
    { type: 'environmentVariable', name: 'HIDDEN', value: 'hünter2', asSecret: true },
    { type: 'environmentVariable', name: 'THEIRS', secretName: 'theirs', key: 'password' },
    { type: 'environmentVariable', name: 'ALSO', value: '\\@secrets(Name)', asSecret: true },
    { type: 'environmentVariable', name: 'LITERAL', value: '\\@secrets(Name)' },
    { type: 'environmentVariable', name: 'BACKSLASH', value: '\\@secrets(Name) and more', asSecret: false },
  ])
  expect(containerOf(objects)['env']).toEqual([
    { name: 'PLAIN', value: 'a $(B)' },
    { name: 'HIDDEN', valueFrom: { secretKeyRef: { name: 'vantiq-jdbc-secret-0', key: 'HIDDEN' } } },
    { name: 'THEIRS', valueFrom: { secretKeyRef: { name: 'theirs', key: 'password' } } },
    { name: 'ALSO', valueFrom: { secretKeyRef: { name: 'vantiq-jdbc-secret-0', key: 'ALSO' } } },
    { name: 'LITERAL', value: '@secrets(Name)' },
    { name: 'BACKSLASH', value: '\\@secrets(Name) and more' },
  ])
  expect(find(objects, 'Secret', 'vantiq-jdbc-secret-0')).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata('vantiq-jdbc-secret-0'),
    type: 'Opaque',
    data: { ALSO: base64('@secrets(Name)'), HIDDEN: base64('hünter2') },
  })
})

test('one IP in two spellings is one host alias', () => {
  const objects = render([
    { type: 'hostAlias', name: 'a', hostIP: '::1' },
    { type: 'hostAlias', name: 'b', hostIP: '0:0::1' },
    { type: 'hostAlias', name: 'a', hostIP: '::1' },
    { type: 'hostAlias', name: 'c', hostIP: '10.0.0.1' },
  ])
  expect(podOf(objects).spec['hostAliases']).toEqual([
    { ip: '::1', hostnames: ['a', 'b'] },
    { ip: '10.0.0.1', hostnames: ['c'] },
  ])
})

test('a new revision changes its annotation and nothing else, so that it rolls no pods', () => {
  const items: ConfigItem[] = [
    { type: 'environmentVariable', name: 'A', value: 'x', asSecret: true },
    { type: 'inboundPort', port: 80, protocol: 'TCP' },
  ]
  const [before, after] = [render(items), render(items, { revision: 4 })]
  expect(JSON.stringify(after)).not.toBe(JSON.stringify(before))
  expect(JSON.stringify(after).replaceAll('"windlass.dev/revision":"4"', '"windlass.dev/revision":"3"')).toBe(
    JSON.stringify(before),
  )
})

test('the checksum changes with what pods read, with the cluster’s key, and with nothing else', () => {
  const secret = (value: string): ConfigItem => ({
    type: 'environmentVariable',
    name: 'A',
    value,
    asSecret: true,
  })
  const files: ConfigItem[] = ['/b', '/a'].map((path) => ({
    type: 'file',
    path,
    filename: 'x',
    content: path,
  }))
  const numbering = assignNumbers([image, ...files], emptyNumbering)
  const checksum = checksumOf(render([secret('x')]))
  expect(checksum).toMatch(/^[0-9a-f]{64}$/)
  expect(checksumOf(render([secret('x'), { type: 'environmentVariable', name: 'B', value: 'y' }]))).toBe(
    checksum,
  )
  expect(checksumOf(render([secret('y')]))).not.toBe(checksum)
  expect(checksumOf(render([secret('x')], { checksumKey: new Uint8Array(32).fill(1) }))).not.toBe(checksum)
  expect(checksumOf(render(files.toReversed(), { numbering }))).toBe(checksumOf(render(files, { numbering })))
  expect(checksumOf(render([]))).toBeUndefined()
})

test('what was not given is an error, never an empty file or variable', () => {
  const reference: ConfigItem = {
    type: 'environmentVariable',
    name: 'A',
    value: { $secret: 'x' },
    asSecret: true,
  }
  expect(() => render([reference])).toThrow('still a reference')
  const file: ConfigItem = { type: 'file', path: '/a', resourceType: 'documents', resourceName: 'd' }
  expect(() => render([file])).toThrow("documents 'd' was not given")
  expect(() =>
    render([{ type: 'inboundPort', port: 1, protocol: 'UDP' }], { numbering: emptyNumbering }),
  ).toThrow('no number among services for UDP/1')
})

test('the JDBC connector is rendered in well under a millisecond', () => {
  const items: ConfigItem[] = [
    { type: 'hostAlias', name: 'dbnode', hostIP: '192.168.1.10' },
    { type: 'file', path: '/app', filename: 'server.config', dataSource: 'secret', name: 's', key: 'data' },
  ]
  const config = [image, ...items]
  const input = {
    ownership: { consoleId: 'a', namespaceId: 'b', clusterId: 'c', installationId: 'd' },
    installationName: 'jdbc',
    k8sNamespace: 'default',
    revision: 1,
    config,
    numbering: assignNumbers(config, emptyNumbering),
    cluster: { ingressDefaultNode: 'node', ingressClassName: null },
    contents: new Map<string, Uint8Array>(),
    checksumKey: new Uint8Array(32),
  }
  const started = performance.now()
  for (let count = 0; count < 1000; count += 1) renderInstallation(input)
  expect(performance.now() - started).toBeLessThan(1000)
})
