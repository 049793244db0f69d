// Answers that are no HTTP: the compiled binary takes none of them for a connection that never came about, since what was sent may
// have been done.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createSite, type Site } from '../binary.ts';

let site: Site;
beforeEach(async () => {
  site = createSite();
  await site.signIn();
});
afterEach(() => site.remove());

/** Says so to each request that comes whole. */
function serve(answer: string) {
  return Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      data: (socket, data) => {
        if (!data.includes('{"name"')) return;
        socket.write(answer);
        socket.end();
      },
    },
  });
}

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH_9.0\r\nand so on\r\n\r\n', 'it is no HTTP'],
  ['a length that is none', 'HTTP/1.1 201 Created\r\nContent-Length: abc\r\n\r\n{}', 'its length is no number'],
  ['chunks that are none', 'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}', 'it is no HTTP'],
  [
    'another protocol',
    'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    'it changes to another protocol',
  ],
])('%s', async (_, answer, why) => {
  const server = serve(answer);
  const host = `127.0.0.1:${server.port}`;
  const line = 'api POST /v1/tags -F name=x';
  // Not of its session: the address is another one.
  const credentials = await Bun.file(site.credentials).json();
  await Bun.write(site.credentials, JSON.stringify({ ...credentials, base_url: `http://${host}` }));
  expect(await site.run(line, { KSCLI_BASE_URL: `http://${host}` })).toEqual({
    exit: 1,
    stdout: '',
    stderr: [
      `Error: The answer of ${host} cannot be read: ${why}`,
      'Something else may answer there. Check the base URL (kscli settings show).',
      'The server may have done it all the same: look before you run it again.',
      '',
    ].join('\n'),
  });
  server.stop(true);
});
