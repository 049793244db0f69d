// Secrets that sing where they are printed, in any form in which a secret could travel, and servers that bring them to it.

import { expect } from 'bun:test';
import type { Outcome } from './binary.ts';

/** Every form of a secret, at every offset that base64 knows. */
export function listForms(secret: string): string[] {
  const base64 = ['', 'x', 'xx'].map((before) => Buffer.from(`${before}${secret}`).toString('base64').slice(4, -4));
  return [
    secret,
    ...listSpellings(secret),
    encodeURIComponent(secret),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** Neither output holds any form of them. */
export function expectSilence({ stdout, stderr }: Pick<Outcome, 'stdout' | 'stderr'>, ...secrets: string[]): void {
  const found = secrets.flatMap(listForms).filter((form) => stdout.includes(form) || stderr.includes(form));
  expect(found).toEqual([]);
}

const echoHeaders = (request: Request, status: number) => {
  const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`).join(', ');
  const encoded = `${encodeURIComponent(headers)} ${Buffer.from(headers).toString('base64')} ${Buffer.from(headers).toString('base64url')}`;
  return Response.json({ detail: `${headers} ${encoded} ${listSpellings(headers).join(' ')}` }, { status });
};

/** As Python's quote leaves the slash, as HTML, as \\u0026, with \\/, and each character as %XX. */
export function listSpellings(text: string): string[] {
  const html = (entity: (code: number) => string) =>
    text.replace(/[&<>"'+=/]/g, (character) => entity(character.charCodeAt(0)));
  return [
    encodeURIComponent(text).replaceAll('%2F', '/'),
    encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encodeURIComponent(encodeURIComponent(text)),
    text.replaceAll('&', '&amp;').replaceAll('+', '&plus;'),
    html((code) => `&#${code};`),
    html((code) => `&#x${code.toString(16)};`),
    html((code) => `\\u${code.toString(16).padStart(4, '0')}`),
    text.replaceAll('/', '\\/'),
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  ];
}

type Fault = (request: Request) => Response;

/** Servers that send back what was sent to them. */
export const FAULTS: readonly (readonly [name: string, fault: Fault])[] = [
  ...[400, 401, 403, 404, 409, 422, 500].map(
    (status) => [`${status} echoing`, (request: Request) => echoHeaders(request, status)] as const,
  ),
  [
    '422 echoing in a list',
    (request) =>
      Response.json(
        {
          detail: [
            {
              loc: ['header', String(request.headers.get('x-admin-api-key'))],
              msg: String(request.headers.get('cookie') ?? request.headers.get('authorization')),
            },
          ],
        },
        { status: 422 },
      ),
  ],
  ['a page echoing', (request) => new Response(`<p>${[...request.headers].join(' ')}</p>`, { status: 502 })],
  ['a page echoing with 200', (request) => new Response(`<p>${[...request.headers].join(' ')}</p>`)],
  [
    'a redirect echoing',
    (request) =>
      new Response(null, {
        status: 302,
        headers: { location: `https://example.com/?k=${encodeURIComponent([...request.headers].join(' '))}` },
      }),
  ],
];
