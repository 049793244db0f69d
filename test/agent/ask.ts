// What kscli agent-help tells as JSON.

import { expect } from 'bun:test';
import type { Home, Options } from '../kscli.ts';

type Told = { readonly name: string; readonly type: string };

type Described = {
  readonly command: string;
  readonly effect: string;
  readonly flags?: Told[];
  readonly arguments?: Told[];
  readonly exit_codes: number[];
};

type Data = { readonly state: Record<string, unknown>; readonly commands: Described[]; readonly global_flags: Told[] };

export async function ask(home: Home, words = '', options: Options = {}): Promise<Data> {
  const lines = (await home.kscli(`agent-help -f json ${words}`, {}, options)).split('\n');
  expect(lines.pop()).toBe('exit 0');
  return JSON.parse(lines.slice(1).join('\n'));
}
