import { ConnectIcon } from '#components/ui/icons.ts'
import { given, numberOrText } from '../form-values.ts'
import { FieldGrid, WizardChoice, WizardField, WizardNote, useFieldValue } from '../wizard-field.tsx'
import { useWizardContext } from '../wizard-context.ts'
import type { OptionForm, OptionPath } from '../option-form.ts'

export const inboundPortForm: OptionForm<'inboundPort'> = {
  label: 'Inbound Port',
  plural: 'Inbound Ports',
  purpose: 'Network',
  explanation: 'A Service, and for TCP an Ingress, in front of a port',
  icon: ConnectIcon,
  empty: {
    port: '',
    protocol: 'TCP',
    host: '',
    portName: '',
    serviceType: '',
    serviceName: '',
    clusterIP: '',
  },
  summary: ({ port, protocol, host }) =>
    [port && `${protocol} ${port}`, protocol === 'TCP' && host].filter(Boolean).join(' · '),
  identity: ({ protocol, port }) => `${protocol}/${port}`,
  secretFields: () => [],
  toItem: (values) => ({
    type: 'inboundPort',
    ...given({
      port: numberOrText(values.port ?? ''),
      protocol: values.protocol,
      host: values.host?.trim(),
      portName: values.portName?.trim(),
      serviceType: values.serviceType,
      serviceName: values.serviceName?.trim(),
      clusterIP: values.clusterIP?.trim(),
    }),
  }),
  fromItem: (item) => ({
    port: String(item.port),
    protocol: item.protocol,
    host: item.host ?? '',
    portName: item.portName ?? '',
    serviceType: item.serviceType ?? '',
    serviceName: item.serviceName ?? '',
    clusterIP: item.clusterIP ?? '',
  }),
  Fields: InboundPortFields,
}

function InboundPortFields({ at }: { at: OptionPath }) {
  const { cluster } = useWizardContext()
  const protocol = useFieldValue(`${at}.protocol`)
  const host = useFieldValue(`${at}.host`)
  return (
    <>
      <FieldGrid>
        <WizardField name={`${at}.port`} label="Port" placeholder="8080" required inputMode="numeric" />
        <WizardChoice
          name={`${at}.protocol`}
          label="Protocol"
          required
          options={[
            { value: 'TCP', label: 'TCP' },
            { value: 'UDP', label: 'UDP' },
          ]}
        />
        <WizardField
          name={`${at}.host`}
          label="Host"
          placeholder={cluster.ingressDefaultNode}
          help={protocol === 'TCP' && !host ? "Empty: the cluster's default ingress node" : undefined}
        />
        <WizardField name={`${at}.portName`} label="Port Name" placeholder="http" />
        <WizardChoice
          name={`${at}.serviceType`}
          label="Service Type"
          emptyLabel="NodePort (default)"
          options={[
            { value: 'NodePort', label: 'NodePort' },
            { value: 'ClusterIP', label: 'ClusterIP' },
            { value: 'LoadBalancer', label: 'LoadBalancer' },
          ]}
        />
        <WizardField name={`${at}.serviceName`} label="Service Name" help="Empty: a generated name" />
        <WizardField name={`${at}.clusterIP`} label="Cluster IP" help="Empty: Kubernetes chooses" />
      </FieldGrid>
      <WizardNote>
        {protocol === 'UDP'
          ? 'UDP gets no Ingress: reach it through the Service, by default on its NodePort.'
          : 'The Ingress carries HTTP from the host to this port. For another protocol over TCP use the NodePort.'}
      </WizardNote>
    </>
  )
}
