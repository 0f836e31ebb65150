import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import type { Fault } from '#lib/domain/errors.ts'
import { generatedName } from '#lib/domain/kubernetes-object.ts'
import { describeNameFault, nameRules } from '#lib/domain/kubernetes-names.ts'
import { portKey, type Numbering } from '#lib/domain/numbering.ts'

/**
 * The ports whose generated Service name would be too long: 45 characters leave room for two digits, and numbers
 * are never used again. Only `assignNumbers` knows them, so this stands beside it and not in `checkDeploy`.
 */
export function checkServiceNames(
  installationName: string,
  config: readonly ConfigItem[],
  numbering: Numbering,
): Fault[] {
  return config.flatMap((item, index): Fault[] => {
    if (item.type !== 'inboundPort' || item.serviceName !== undefined) return []
    const number = numbering.services[portKey(item.protocol, item.port)] ?? 0
    const fault = describeNameFault(
      generatedName(installationName, 'service', number),
      nameRules.dns1035Label,
    )
    if (fault === undefined) return []
    const message = `The Service generated for this port needs a name of its own: ${fault}`
    return [{ path: ['config', index, 'serviceName'], rule: nameRules.dns1035Label.rule, message }]
  })
}
