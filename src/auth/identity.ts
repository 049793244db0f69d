// Who acts.

/** Both UUIDs in canonical form. */
export type Identity = { readonly userId: string; readonly tenantId: string };
