// How a command line is written down: what is typed, what is sent, what is printed where, and how it ends.

export type Happening = {
  /** What stands after the `$`. */
  readonly command: string;
  /** Each as `describeRequest` writes it, in the order in which they were sent. */
  readonly requests: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
};

/** What varies from run to run, and the name that stands for it. */
export type Names = readonly (readonly [varying: string | RegExp, name: string | ((found: string) => string)])[];

export function writeTranscript({ command, requests, stdout, stderr, exit }: Happening, names: Names): string {
  const lines = [
    `$ ${command}`,
    ...requests,
    ...split(stdout),
    ...split(stderr).map((line) => (line === '' ? '!' : `! ${line}`)),
  ];
  const text = [...lines, `exit ${exit}`].join('\n');
  return names.reduce(
    (shown, [varying, name]) => shown.replaceAll(varying, (found) => (typeof name === 'string' ? name : name(found))),
    text,
  );
}

/** Printed lines. A last one that was not ended says so. */
function split(printed: string): string[] {
  if (printed === '') return [];
  return printed.endsWith('\n') ? printed.slice(0, -1).split('\n') : `${printed}<no newline>`.split('\n');
}

/** @param route `POST /v1/tags`; with it what proves who is asking, and the body */
export function describeRequest(route: string, headers: Headers, body: string): string {
  const proofs = [...headers].filter(([name]) => ['cookie', 'authorization', 'x-admin-api-key'].includes(name));
  return [`> ${route}`, ...proofs.map(([name, value]) => `${name}: ${value}`), ...(body ? [body] : [])].join(' | ');
}

/** Words as a shell would split them, with single quotes. */
export function splitWords(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/**
 * The same transcript, where a request is told by the name of its route: `> levels, me, own` for three that follow each
 * other. A request whose route has no name stays as it is, and so does one with another proof than the token.
 */
export function nameRoutes(transcript: string, routes: Readonly<Record<string, string>>): string {
  const names = new Map(Object.entries(routes).map(([name, route]) => [`> ${route} | cookie: ks_uat=<token>`, name]));
  const lines = transcript.split('\n').map((line) => (names.has(line) ? `> ${names.get(line)}` : line));
  return lines.join('\n').replaceAll(/(?<=^> \w+)\n> (?=\w+$)/gm, ', ');
}
