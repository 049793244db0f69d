// Uploads of the compiled binary from pipes: under which name, how long, and what is refused.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ADMIN_KEY, USER } from '../backend/server.ts';
import { BINARY, createSite, finish, type Site } from '../binary.ts';

const INGEST = 'POST /v1/documents/ingest';

let machine: Site;
beforeEach(async () => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
});
afterEach(() => machine.remove());

/** In a shell with pipes; `$KSCLI` is the binary. */
async function shell(script: string, name = 'sh') {
  const env = { ...machine.env, KSCLI: BINARY, PART: USER };
  return finish(
    Bun.spawn([name, '-c', script], { cwd: machine.home, env, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' }),
  );
}

test.each([
  ['standard input', 'printf content | "$KSCLI" documents ingest --file - --path-part-id "$PART" --name x.pdf'],
  ['/dev/stdin', 'printf content | "$KSCLI" documents ingest --file /dev/stdin --path-part-id "$PART" --name x.pdf'],
  [
    'a file as standard input',
    'printf content > f; "$KSCLI" documents ingest --file /dev/stdin --path-part-id "$PART" --name x.pdf < f',
  ],
  [
    'a named pipe',
    'mkfifo p; printf content > p & "$KSCLI" documents ingest --file p --path-part-id "$PART" --name x.pdf',
  ],
  ['a pipe of the shell', '"$KSCLI" documents ingest --file <(printf content) --path-part-id "$PART" --name x.pdf'],
])('%s is uploaded under the name that was given', async (_what, script) => {
  const { exit, stderr } = await shell(script, 'bash');
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  const sent = machine.backend.requests.find(({ route }) => route === INGEST);
  const form = new Response(sent?.body, { headers: { 'content-type': `${sent?.headers.get('content-type')}` } });
  const file = (await form.formData()).get('file');
  expect(file).toBeInstanceOf(File);
  if (file instanceof File)
    expect([file.name, file.type, await file.text()]).toEqual(['x.pdf', 'application/pdf', 'content']);
  expect(sent?.headers.get('content-length')).toBe(`${sent?.body.length}`);
});

test('a pipe without a name, and one that is too long, are refused before anything is sent', async () => {
  const nameless = await shell('printf content | "$KSCLI" documents ingest --file - --path-part-id "$PART"');
  expect(nameless).toEqual({
    exit: 64,
    stdout: '',
    stderr: [
      "Error: --file: '-' is a pipe and has no name. Give the document one with --name",
      'Usage: kscli documents ingest --under <path|id> --file <file> [options]',
      '',
    ].join('\n'),
  });
  const long = await shell(
    'head -c 300000000 /dev/zero | "$KSCLI" documents ingest --file - --path-part-id "$PART" --name x.pdf',
  );
  expect(long).toEqual({
    exit: 64,
    stdout: '',
    stderr: [
      "Error: --file: '-' is larger than 256 MiB",
      'The server is told the length first, so what comes through a pipe is held in memory. Write it to a file, and name that.',
      'Usage: kscli documents ingest --under <path|id> --file <file> [options]',
      '',
    ].join('\n'),
  });
  expect(machine.backend.requests.map(({ route }) => route)).toEqual([]);
});
