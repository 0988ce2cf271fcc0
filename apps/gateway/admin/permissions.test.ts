// Roles and permissions on the admin port: the whole table, and that nothing is permitted by default.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS, permits, ROLES, type Role, rolesOf } from './permissions.ts';

const NAMES = Object.keys(ROLES) as Role[];

describe('roles', () => {
  it('are those that a group of the person holds', () => {
    const roles = { admin: ['platform'], auditor: ['security', 'platform'] };
    expect(rolesOf(['platform'], roles)).toEqual(['admin', 'auditor']);
    expect(rolesOf(['security', 'x'], roles)).toEqual(['auditor']);
    expect(rolesOf(['approver', 'admin', ''], roles)).toEqual([]);
    expect(rolesOf([], { admin: [] })).toEqual([]);
    expect(rolesOf(['platform'], {})).toEqual([]);
  });

  it('permit what one of them permits, and without any nothing', () => {
    const some = fc.uniqueArray(fc.constantFrom(...NAMES));
    fc.assert(
      fc.property(some, fc.constantFrom(...PERMISSIONS), (roles, permission) => {
        const each = roles.map((role) => permits([role], permission));
        expect(permits(roles, permission)).toBe(each.includes(true));
      }),
    );
    for (const permission of PERMISSIONS) expect(permits([], permission)).toBe(false);
  });

  it('keep apart who runs the gateway, who reads it and who decides', () => {
    expect(permits(['admin'], 'sessions.reveal')).toBe(false);
    for (const permission of PERMISSIONS.filter(
      (name) => !name.endsWith('.read') && name !== 'sessions.reveal',
    ))
      expect(permits(['auditor'], permission), permission).toBe(false);
    for (const permission of ['sessions.read', 'keys.write', 'connections.stop', 'glass.request'] as const)
      expect(permits(['approver'], permission), permission).toBe(false);
  });

  it('between them may do everything', () => {
    for (const permission of PERMISSIONS) expect(permits(NAMES, permission), permission).toBe(true);
  });
});
