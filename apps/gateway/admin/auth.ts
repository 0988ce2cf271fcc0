// Who may use the admin port: the local administrator by the token in a file that only the gateway's user can read, or a
// person by an OIDC token whose groups hold a role. A gateway key is for the data port and opens nothing here, so that a
// key can never approve its own request.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '@sluice/types';
import type { FastifyRequest } from 'fastify';
import { type Permission, permits, type Role, rolesOf } from './permissions.ts';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

export interface Administrator {
  readonly person: string;
  readonly display: string;
  readonly groups: readonly string[];
  readonly roles: readonly Role[];
  /** Signed in by the token file: counts as a member of every group of approvers, until there is a sign-in. */
  readonly local: boolean;
}

const LOCAL: Administrator = {
  person: 'local:admin',
  display: 'local administrator',
  groups: [],
  roles: ['admin', 'auditor', 'approver'],
  local: true,
};

export async function administrator(
  request: FastifyRequest,
  services: AdminServices,
): Promise<Administrator> {
  const header = request.headers.authorization;
  const token = header?.startsWith('Bearer ') === true ? header.slice(7).trim() : '';
  if (token === '') throw new Problem(401, 'unauthenticated', 'A bearer token is needed.');
  if (timingSafeEqual(createHash('sha256').update(token).digest(), services.localToken)) return LOCAL;
  const result = await services.authenticator.authenticate(token, services.now());
  if (!result.ok) throw new Problem(401, 'unauthenticated', 'The token is not accepted.');
  return personOf(result.principal, services);
}

function personOf(principal: Principal, services: AdminServices): Administrator {
  if (principal.method !== 'oidc') throw new Problem(403, 'forbidden', 'A gateway key opens nothing here.');
  const roles = rolesOf(principal.groups, services.roles());
  return {
    person: principal.person,
    display: principal.display,
    groups: principal.groups,
    roles,
    local: false,
  };
}

export function demand(who: Administrator, permission: Permission): void {
  if (!permits(who.roles, permission))
    throw new Problem(403, 'forbidden', `The permission ${permission} is needed.`);
}
