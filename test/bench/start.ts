// How long a command takes that prints a text, and one with one request: against hello world, a bare fetch and curl.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import { ADMIN_KEY, startBackend } from '../backend/server.ts';
import { createMachine, createSite } from '../binary.ts';
import type { Binaries } from './binaries.ts';
import { measureTimes, measureUsage, type Subject } from './measure.ts';
import { compare, type Figure } from './report.ts';

export async function benchTexts({ kscli, hello }: Binaries, rounds: number): Promise<Figure[]> {
  // doctor wants a session that it can find nothing wrong with.
  const machine = createSite();
  const run = (name: string, ...words: string[]): Subject => ({ name, command: [kscli, ...words], env: machine.env });
  try {
    await machine.signIn();
    const samples = await measureTimes(
      [
        { name: 'hello', command: [hello], env: machine.env },
        run('--version', '--version'),
        run('--help', '--help'),
        run('agent-help', 'agent-help'),
        run('completion', 'completion', 'bash'),
        run('settings show', 'settings', 'show'),
        run('doctor --offline', 'doctor', '--offline'),
      ],
      rounds,
    );
    return [
      ...['--version', '--help'].flatMap((name) => compare(samples, name, name, 'hello', 1.08)),
      ...['agent-help', 'completion', 'settings show', 'doctor --offline'].flatMap((name) =>
        compare(samples, name, name, '--version', 2),
      ),
    ];
  } finally {
    await machine.remove();
  }
}

export async function benchWhoami({ kscli, bare }: Binaries, rounds: number, directory: string): Promise<Figure[]> {
  const authority = makeCertificate({ name: 'Bench Authority' });
  const backend = startBackend({ tls: makeCertificate({ name: 'server', issuer: authority, hosts: ['localhost'] }) });
  const bundle = join(directory, 'ca.pem');
  writeFileSync(bundle, authority.certificate);
  const machine = createMachine({ KSCLI_BASE_URL: backend.url, KSCLI_CA_BUNDLE: bundle, ADMIN_API_KEY: ADMIN_KEY });
  try {
    await machine.signIn();
    const { token } = await Bun.file(machine.credentials).json();
    const url = `${backend.url}/v1/users/me`;
    const cookie = `ks_uat=${token}`;
    const curl = Bun.which('curl');
    const { env } = machine;
    const table: Subject = { name: 'table', command: [kscli, 'whoami'], env };
    const samples = await measureTimes(
      [
        table,
        { name: 'json', command: [kscli, 'whoami', '-f', 'json'], env },
        { name: 'bare', command: [bare], env: { ...env, URL: url, COOKIE: cookie, CA: bundle } },
        ...(curl ? [{ name: 'curl', command: [curl, '-sf', '--cacert', bundle, '-b', cookie, url], env }] : []),
      ],
      rounds,
    );
    const { mebibytes } = await measureUsage(table);
    return [
      ...compare(samples, 'whoami table, TLS with a CA bundle', 'table', 'bare', 1.45),
      ...compare(samples, 'whoami table, TLS with a CA bundle', 'table', 'curl', 1.33),
      ...compare(samples, 'whoami json, TLS with a CA bundle', 'json', 'bare', 1.33),
      ...compare(samples, 'whoami json, TLS with a CA bundle', 'json', 'curl', 1.25),
      { what: 'whoami, memory at its peak', value: mebibytes, unit: 'MiB', reach: 64 },
    ];
  } finally {
    await machine.remove();
    rmSync(bundle);
    await backend.stop();
  }
}
