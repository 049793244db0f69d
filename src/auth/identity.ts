// The identity that acts: one user in one tenant.

/** Both UUIDs in canonical form. */
export type Identity = { readonly userId: string; readonly tenantId: string };

/** As far as a file tells. */
export type KnownIdentity = { readonly [Part in keyof Identity]: Identity[Part] | undefined };

/** Whether both are known. */
export function isIdentified<K extends KnownIdentity>(known: K): known is K & Identity {
  return known.userId !== undefined && known.tenantId !== undefined;
}
