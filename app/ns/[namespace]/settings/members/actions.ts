'use server'

import { answerAction } from '#lib/server/access/action.ts'
import { removeMembership } from '#lib/server/memberships/remove.ts'
import { setMembership } from '#lib/server/memberships/set.ts'
import { createNamespace } from '#lib/server/namespaces/create.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { createUser } from '#lib/server/users/create.ts'
import { disableUser, enableUser } from '#lib/server/users/disable.ts'
import { resetPassword } from '#lib/server/users/reset-password.ts'
import { setOrganizationAdmin } from '#lib/server/users/set-organization-admin.ts'

export async function setMembershipAction(namespace: string, userId: string, role: string) {
  return answerAction(async () => setMembership(await requireActor(), namespace, userId, role))
}

export async function removeMembershipAction(namespace: string, userId: string) {
  return answerAction(async () => removeMembership(await requireActor(), namespace, userId))
}

export async function createUserAction(input: unknown) {
  return answerAction(async () => createUser(await requireActor(), input))
}

export async function resetPasswordAction(userId: string) {
  return answerAction(async () => resetPassword(await requireActor(), userId))
}

export async function setOrganizationAdminAction(userId: string, isAdmin: boolean) {
  return answerAction(async () => setOrganizationAdmin(await requireActor(), userId, isAdmin))
}

export async function setDisabledAction(userId: string, isDisabled: boolean) {
  return answerAction(async () => (isDisabled ? disableUser : enableUser)(await requireActor(), userId))
}

export async function createNamespaceAction(input: unknown) {
  return answerAction(async () => createNamespace(await requireActor(), input))
}
