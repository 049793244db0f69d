// kscli doctor on a network made up for it.

import type { Certificate, Probe } from '../../src/world.ts';
import { USER } from '../backend/server.ts';
import { type Home, NOW, type Options, type Stubs, token } from '../kscli.ts';

export const ME = 'GET /v1/users/me';
export const ASSUME = 'POST /v1/auth/assume_user';
export const DATE = { date: new Date(NOW).toUTCString() };

export const CERTIFICATE: Certificate = {
  subject: 'CN=api.knowledgestack.ai',
  issuer: 'CN=Root',
  names: ['api.knowledgestack.ai'],
  validFrom: NOW - 1000,
  validTo: NOW + 1000,
  fingerprint: 'AB:CD',
  pem: '',
};

/** All is well, but for what is changed. */
export function fake(changes: Partial<Probe> = {}): Probe {
  return {
    lookup: async () => ['192.0.2.1'],
    connect: async () => undefined,
    handshake: async () => ({ chain: [CERTIFICATE], refusal: undefined }),
    ...changes,
  };
}

export const fail = (code: string) => async () => {
  throw Object.assign(new Error(code), { code });
};

export const WELL: Stubs = { [ASSUME]: { json: { token: token() } }, [ME]: { json: { id: USER }, headers: DATE } };

export async function diagnose(home: Home, stubs: Stubs, options: Options, flags = '-f json') {
  const transcript = await home.kscli(`doctor ${flags}`, stubs, { probe: fake(), ...options });
  const said = transcript.split('\n').filter((line) => line.startsWith('! '));
  return { transcript, sentence: said.at(-1)?.slice(2), requests: transcript.match(/^> .*$/gm) ?? [] };
}
