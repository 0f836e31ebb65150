import { z } from 'zod'

export const InboundPortItem = z.strictObject({
  type: z.literal('inboundPort'),
  port: z.int(),
  protocol: z.enum(['TCP', 'UDP']),
  host: z.string().optional(),
  portName: z.string().optional(),
  serviceType: z.enum(['NodePort', 'ClusterIP', 'LoadBalancer']).optional(),
  serviceName: z.string().optional(),
  clusterIP: z.string().optional(),
})
export type InboundPortItem = z.infer<typeof InboundPortItem>
