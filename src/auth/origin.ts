// Origin binding: token and key go to the origin that they were made for, whatever the settings say by now.

import type { Context } from '../context.ts';
import type { Binding, Credentials } from './credentials.ts';
import type { Place } from './place.ts';
import { signInFailure } from './sign-in.ts';

/** Whether the credentials are for another origin. */
export function isForeign({ baseUrl }: Pick<Binding, 'baseUrl'>, expected: string): boolean {
  return baseUrl !== undefined && new URL(baseUrl).origin !== new URL(expected).origin;
}

/** A sign-in with an API key knows its server: it counts where no flag, variable or config names one. */
export function toOwnOrigin(binding: Binding | undefined, place: Place, context: Context): Context {
  const { settings, sources } = context;
  const baseUrl = binding?.isLogin && sources.baseUrl.kind === 'default' ? binding.baseUrl : undefined;
  if (baseUrl === undefined) return context;
  const source = { kind: 'file', name: `base_url in ${place.path}` } as const;
  return { ...context, settings: { ...settings, baseUrl }, sources: { ...sources, baseUrl: source } };
}

/** @throws Failure 'not-authenticated' that names both origins */
export function requireSameOrigin(credentials: Credentials, path: string, baseUrl: string): void {
  if (!isForeign(credentials, baseUrl)) return;
  // A named session stays where it was made.
  const advice =
    credentials.session === undefined
      ? 'Run the command above to act there, or set the base URL back.'
      : 'Set the base URL back, or run the command above with --replace to move the session there.';
  throw signInFailure('not-authenticated', credentials, {
    lines: [
      `The credentials in ${path} are for ${credentials.baseUrl}, but the base URL is ${baseUrl}.`,
      `${advice} Nothing was sent.`,
    ],
  });
}
