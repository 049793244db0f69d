// The identity that acts: one user in one tenant.

/** Both UUIDs in canonical form. */
export type Identity = { readonly userId: string; readonly tenantId: string };
