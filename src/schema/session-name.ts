// Names of sessions. Each becomes the name of a file, so that nothing in it may lead elsewhere, on any system.

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** Windows opens the device in place of the file, whatever extension it has. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;
/** Of locks and of files that are being written: one session must not be another's lock. */
const OWN_SUFFIX = /\.(write-lock|refresh-lock|tmp)$/;

/** Why it cannot name a session, in words that follow it; undefined where it can. */
export function findNameProblem(name: string): string | undefined {
  if (!NAME.test(name))
    return 'is not a session name: a-z, 0-9, dot, dash and underscore, at most 64, beginning with a letter or digit';
  if (name === 'default') return 'is not a session name: the unnamed session is the one without a name';
  if (name.endsWith('.')) return 'is not a session name: it ends in a dot';
  if (DEVICE.test(name)) return 'is not a session name: it is a device on Windows';
  if (OWN_SUFFIX.test(name)) return 'is not a session name: files beside a session end like that';
  return undefined;
}
