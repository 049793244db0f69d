// Everything outside the program that it may touch, as one value. Tests pass their own; only cli.ts makes the real one.

export type Env = Readonly<Record<string, string | undefined>>;

/** A stream. `write` settles once all of it is handed over, and throws the operating system's error. */
export type Sink = {
  write(data: string | Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
  /** Width of the terminal in columns; undefined in a pipe. */
  readonly columns: number | undefined;
};

/** @property words its own name first @property env all of its environment */
export type Program = { readonly file: string; readonly words: readonly string[]; readonly env: Env };

/** The end of a program whose output was wanted. @property hasExited though its output is still open: something else holds it */
export type Captured =
  | {
      readonly ending: 'exit';
      readonly output: Uint8Array;
      readonly exit: number | null;
      readonly signal: string | number | null;
    }
  | { readonly ending: 'expired' | 'too-long'; readonly seconds: number; readonly hasExited: boolean };

/** @property limit bytes @property seconds for the program and all that it starts @property isTerminal a person may be asked */
export type Bounds = { readonly limit: number; readonly seconds: number; readonly isTerminal: boolean };

/** Standard input. */
export type Source = {
  readonly isTerminal: boolean;
  /** All of it, as it comes. */
  pieces(): AsyncIterable<Uint8Array>;
  /** The next line; empty at the end. */
  line(): Promise<string>;
  /** The next line that is typed at a terminal, without being shown. Ctrl-C ends the process. @param ask once nothing is shown */
  secret(ask: () => Promise<void>): Promise<string>;
};

export type World = {
  env: Env;
  /** Home directory; undefined where the system knows none. */
  home: string | undefined;
  platform: NodeJS.Platform;
  /** The file of this program. */
  executable: string;
  /** Effective user id; undefined on Windows. */
  userId: number | undefined;
  /** The names of the account and of the machine, as the system has them. */
  machine: () => Promise<{ readonly user: string; readonly host: string }>;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Loaded when needed: only failures are looked into. */
  probe: () => Promise<Probe>;
  /** Milliseconds since the epoch: for times of others, like the end of a token. It jumps when somebody sets the clock. */
  now: () => number;
  /** Milliseconds since some moment: for every wait and limit. It only runs forward. */
  elapsed: () => number;
  /** Settles after so many milliseconds. */
  sleep: (milliseconds: number) => Promise<void>;
  /** Asked for lines to print on stderr when Ctrl-C or SIGTERM ends the process: what nobody could find out again. */
  onInterrupt: (tell: () => readonly string[]) => void;
  /** Another program in place of this one, with its signals and its exit code. Settles on Windows alone. */
  become: (program: Program) => Promise<number>;
  /** The output of another program, which is ended where it goes on for too long. @throws an error with the system's code */
  capture: (program: Program, bounds: Bounds) => Promise<Captured>;
  /** Work that was given up keeps nobody waiting: the process ends as soon as the command has. */
  leaveBehind: () => void;
  stdin: Source;
  stdout: Sink;
  stderr: Sink;
};

export type Certificate = {
  readonly subject: string;
  readonly issuer: string;
  /** Host names and addresses that it is for. */
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
  /** SHA-256, upper-case hex with colons, as openssl prints it. */
  readonly fingerprint: string;
  readonly pem: string;
};

export type Handshake = {
  /** As presented, the server's own certificate first. */
  readonly chain: readonly Certificate[];
  /** Why the trust store refuses it (`CERT_HAS_EXPIRED`, …); undefined where it accepts. */
  readonly refusal: string | undefined;
};

/** A proxy on the way. @property login `user:password`, where it wants one */
export type Tunnel = { readonly url: string; readonly login: string | undefined };

export type HandshakeTarget = {
  readonly host: string;
  readonly port: number;
  /** PEM; the bundled roots where absent. */
  readonly ca?: readonly string[] | undefined;
  readonly proxy?: Tunnel | undefined;
  /** False only where the settings verify nothing. */
  readonly isProxyVerified: boolean;
  /** Milliseconds. */
  readonly timeout: number;
};

export type Probe = {
  /** The addresses of a host. @param timeout milliseconds @throws with the system's code */
  lookup(host: string, timeout: number): Promise<string[]>;
  /** Settles once a connection stood. @param timeout milliseconds @throws with the system's code */
  connect(host: string, port: number, timeout: number): Promise<void>;
  /** @throws with the system's code where no handshake takes place */
  handshake(target: HandshakeTarget): Promise<Handshake>;
};
