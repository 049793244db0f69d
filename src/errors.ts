// Every way kscli can fail, with its first words and its exit code. Throw sites name a kind, never a number.

const KINDS = {
  usage: { exit: 64 },
  settings: { exit: 1 },
  network: { exit: 1 },
  tls: { exit: 1, title: 'SSL certificate verification failed.' },
  disk: { exit: 1 },
  directory: { exit: 1 },
  journal: { exit: 1 },
  answer: { exit: 1 },
  internal: { exit: 1, title: 'Internal error' },
  workflow: { exit: 1 },
  'given-up': { exit: 1 },
  'time-over': { exit: 124 },
  'unknown-session': { exit: 1 },
  'no-token': { exit: 1 },
  'program-not-found': { exit: 127 },
  'program-refused': { exit: 126 },
  refused: { exit: 1, title: 'Refused' },
  'permission-denied': { exit: 1, title: 'Permission denied' },
  conflict: { exit: 1, title: 'Conflict' },
  server: { exit: 1, title: 'Server error' },
  'session-expired': { exit: 2, title: 'Session expired' },
  'lease-ended': { exit: 2 },
  'not-authenticated': { exit: 2, title: 'Not authenticated' },
  'wrong-identity': { exit: 2, title: 'Wrong identity' },
  'key-rejected': { exit: 2, title: 'Admin API key rejected' },
  'api-key-rejected': { exit: 2, title: 'API key rejected' },
  'not-found': { exit: 3, title: 'Not found' },
  validation: { exit: 4, title: 'Validation error' },
} as const satisfies Record<string, { exit: number; title?: string }>;

export type FailureKind = keyof typeof KINDS;

export const FAILURE_KINDS: readonly string[] = Object.keys(KINDS);

/** Exit codes that are no failure of a command. */
export const EXIT = { success: 0, different: 5, aborted: 130, terminated: 143 } as const;

/** What each exit code says, for whoever branches on it. */
export const EXIT_MEANINGS: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'failed: refused by the server, network, TLS, settings, disk',
  2: 'run assume-user or login: nobody is signed in, the session has ended, the identity is wrong, the key was rejected',
  3: 'not found',
  4: 'a value was not accepted by the server',
  5: 'two users see different things',
  64: 'wrong usage',
  124: 'a wait took too long',
  125: 'exec could not do its part',
  126: 'the program cannot be run',
  127: 'the program was not found',
  130: 'Ctrl-C',
};

/** The exit code that only and always means: run assume-user. */
export const SIGN_IN = KINDS['session-expired'].exit;

export type FailureDetails = {
  /** Lines under the first one: where it happened and what to do. */
  lines?: readonly string[];
  /** The error behind it, for `--debug`. */
  cause?: unknown;
  /** Of the answer that it stands for. */
  status?: number;
};

/** A failure that the user is told about: `Error: <title>: <detail>`, then its lines. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly lines: string[];
  /** HTTP; undefined where no answer came. */
  readonly status: number | undefined;
  private exit: number | undefined;

  constructor(kind: FailureKind, detail = '', { lines = [], cause, status }: FailureDetails = {}) {
    const row: { exit: number; title?: string } = KINDS[kind];
    super([row.title, detail].filter((part) => part).join(': '), { cause });
    this.kind = kind;
    this.lines = [...lines];
    this.status = status;
  }

  /** The command's one code for its failures; wrong usage, and its program's own, keep theirs. */
  replaceExit(code: number): this {
    if (!['usage', 'program-not-found', 'program-refused'].includes(this.kind)) this.exit = code;
    return this;
  }

  get exitCode(): number {
    return this.exit ?? KINDS[this.kind].exit;
  }
}

/** The system's code of an error (`ENOENT`, `CERT_HAS_EXPIRED`, …), looked for along its causes. */
export function findCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOTDIR: 'a part of the path is no directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it is too large',
  EIO: 'the device has an error',
  EEXIST: 'it exists already',
  EBUSY: 'another program has it open',
  ETXTBSY: 'another program runs it',
  ELOOP: 'a chain of links without an end',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'no such device',
  ENODEV: 'no such device',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open in this system',
  ENOMEM: 'not enough memory',
  EPIPE: 'nobody reads it any more',
  ENOTSUP: 'it is neither a file nor a pipe',
  ETIMEDOUT: 'it has no end in time',
  ENOEXEC: 'it is no program for this system',
  ESTALE: 'the network file system lost it',
};

/** Words for the system's code, to follow a colon; the code itself is for `--debug`, unless there are no words for it. */
export function describeCause(error: unknown, subject: 'file' | 'directory' = 'file'): string {
  const code = findCode(error) ?? 'unknown reason';
  if (code === 'ENOENT') return `no such ${subject}`;
  return Object.hasOwn(CAUSES, code) ? (CAUSES[code] ?? code) : code;
}
