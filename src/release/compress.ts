// Compresses an archive, to the same bytes every time.

/** The two slower levels save half a thousandth more, for twice the time. */
const LIBDEFLATE = { library: 'libdeflate', level: 10 } as const;
const GZIP = `await Bun.write(Bun.stdout, Bun.gzipSync(await Bun.stdin.bytes(), ${JSON.stringify(LIBDEFLATE)}))`;

/** As RFC 1951 says, for a zip. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return Bun.deflateSync(new Uint8Array(bytes), LIBDEFLATE);
}

/**
 * As RFC 1952 says, without a name, a time and a system. A binary gets 2.4 % smaller than zlib at its best makes it. In a process of
 * its own, because it takes seconds without a pause.
 */
export function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return pipe([process.execPath, '--eval', GZIP], bytes);
}

export function hasXz(): boolean {
  return Bun.which('xz') !== null;
}

/**
 * Runs the `xz` on PATH, which needs 674 MiB of memory. One thread, because the bytes depend on the number of threads.
 * @throws Error when xz fails
 */
export function xz(bytes: Uint8Array): Promise<Uint8Array> {
  return pipe(['xz', '-9', '--threads=1', '--stdout'], bytes);
}

async function pipe(command: readonly [string, ...string[]], bytes: Uint8Array): Promise<Uint8Array> {
  // Without XZ_DEFAULTS and XZ_OPT, which would change the bytes.
  const env = { PATH: process.env['PATH'] };
  const child = Bun.spawn([...command], { stdin: bytes, stderr: 'pipe', env });
  const [compressed, complaint, exitCode] = await Promise.all([
    new Response(child.stdout).bytes(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (exitCode !== 0) throw new Error(`${command[0]} exits ${exitCode}: ${complaint}`);
  return compressed;
}
