// Three tags by their ids, and the requests about one of them.

import type { Stub } from '../kscli.ts';

export const id = (digit: number) => `00000000-0000-0000-0003-00000000000${digit}`;

export const [A, B, C] = [id(1), id(2), id(3)] as const;
export const tag = (digit: number): Stub => ({ json: { id: id(digit), name: `tag ${digit}`, color: 'ff8800' } });
export const GET = (one: string) => `GET /v1/tags/${one}`;
export const DELETE = (one: string) => `DELETE /v1/tags/${one}`;
export const GONE: Stub = { status: 204 };
