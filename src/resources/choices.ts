// Values that several groups of the API share.

export const PATH_ORDERS = ['LOGICAL', 'NAME', 'UPDATED_AT', 'CREATED_AT'] as const;
export const CHUNK_TYPES = ['TEXT', 'TABLE', 'IMAGE', 'HTML', 'UNKNOWN'] as const;
export const CAPABILITIES = ['READ_ONLY', 'READ_WRITE'] as const;
export const ROLES = ['USER', 'OWNER', 'ADMIN'] as const;

/** A parent has one name in every command, beside the one of the Python kscli. */
export const UNDER = { flag: 'under', aliases: ['parent-path-part-id'], short: 'p' } as const;

/** Where the API sets no bound: what a line can hold. */
export const MANY = 1000;
