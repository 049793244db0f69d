// The home directory in a path that somebody typed.

/** `~/…` where no shell has done it: in quotes, behind `=` or `@`, in a service's unit, in the config file. */
export function expandHome(path: string, home: string | undefined): string {
  return home !== undefined && path.startsWith('~/') ? home + path.slice(1) : path;
}
