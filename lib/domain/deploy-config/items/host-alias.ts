import { z } from 'zod'
import { ipIdentity } from '../../ip-addresses.ts'
import { nameRules } from '../../kubernetes-names.ts'
import { nameField } from '../../ruled-text.ts'
import { IpAddress } from '../fields.ts'
import { textOf, type ItemTypeRules } from '../item-type.ts'

export const HostAliasItem = z.strictObject({
  type: z.literal('hostAlias'),
  name: nameField(nameRules.dns1123Subdomain),
  hostIP: IpAddress,
})
export type HostAliasItem = z.infer<typeof HostAliasItem>

export const hostAliasRules: ItemTypeRules<typeof HostAliasItem> = {
  schema: HostAliasItem,
  claims(given) {
    const name = textOf(given, 'name')
    const ip = ipIdentity(textOf(given, 'hostIP') ?? '')
    if (name === undefined || ip === undefined) return []
    const message = `'${name}' already has another IP: a host alias has one IP; several names may share it.`
    return [{ key: `hostAlias ${name}`, value: ip, property: 'hostIP', rule: 'hostAliasOneIP', message }]
  },
}
