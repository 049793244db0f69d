// Authenticator: the seam between a session and its way to sign in. Each way knows its own header.

import type { Failure } from '../errors.ts';
import type { Answer } from '../http/request.ts';
import type { Identity, KnownIdentity } from './identity.ts';
import type { Lease } from './lease.ts';

export type Proof = Readonly<Record<string, string>>;

export type Authenticator = {
  /** Acts as the user who signed in, not as somebody else's user. */
  readonly isLogin: boolean;
  /** As far as the file tells. */
  readonly known: KnownIdentity;
  /** Asked of the server, once, where the file does not tell. @throws Failure as a request */
  readonly identity: () => Promise<Identity>;
  /** Good for now, also in the middle of a long command. @throws Failure of a sign-in that cannot be renewed */
  readonly headers: () => Promise<Proof>;
  /** In place of headers that the server refused with a 401; undefined where others would fare no better. */
  readonly afterRefusal: (refused: Proof) => Promise<Proof | undefined>;
  /** The failure for a 401 that no renewal could mend. */
  readonly explainRefusal: (answer: Answer) => Failure;
  /** When the proof ends, as in the file: `2026-02-23T12:00:00+00:00`; undefined for one without an end. */
  readonly expiresAt: () => string | undefined;
  /** Whether the session was made for reading alone. */
  readonly isReadOnly: () => boolean;
  readonly lease: () => Lease | undefined;
};
