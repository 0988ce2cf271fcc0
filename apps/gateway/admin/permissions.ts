// What a role may do on the admin port. Deny by default: a route without a permission answers nobody.

export const PERMISSIONS = [
  'sessions.read',
  'sessions.reveal',
  'approvals.read',
  'approvals.decide',
  'keys.read',
  'keys.write',
  'connections.read',
  'connections.stop',
  'glass.request',
  'glass.confirm',
  'acts.read',
  'log.read',
  'config.read',
  'config.reload',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = {
  admin: PERMISSIONS.filter((permission) => permission !== 'sessions.reveal'),
  auditor: [
    'sessions.read',
    'sessions.reveal',
    'approvals.read',
    'keys.read',
    'connections.read',
    'acts.read',
    'log.read',
    'config.read',
  ],
  approver: ['approvals.read', 'approvals.decide', 'glass.confirm'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLES;

/** Which groups hold which role, from `identity.roles` of the configuration. */
export type RoleGroups = Readonly<Partial<Record<Role, readonly string[]>>>;

export function rolesOf(groups: readonly string[], roles: RoleGroups): Role[] {
  return (Object.keys(ROLES) as Role[]).filter((role) =>
    roles[role]?.some((group) => groups.includes(group)),
  );
}

export function permits(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => (ROLES[role] as readonly Permission[]).includes(permission));
}
