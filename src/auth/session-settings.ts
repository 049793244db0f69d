// The settings that a session brings along: its base URL where nothing else names one, and the guard of a named one.

import type { Context } from '../context.ts';
import type { Resolution, Source } from '../settings/resolve.ts';
import type { World } from '../world.ts';
import { toOwnOrigin } from './origin.ts';
import { locateCredentials } from './place.ts';
import { readBinding } from './store.ts';

/** As they were, where the file is missing or cannot be read: whoever needs it will tell. */
export function withSession(resolution: Resolution, world: World): Resolution {
  const { settings, sources } = resolution;
  // Without a place for credentials there is nothing to read, which is told later too.
  if (settings.credentialsPath === undefined) return resolution;
  const binding = readBinding(locateCredentials({ ...resolution, world }), world);
  const source: Source = { kind: 'file', name: `session ${settings.session}` };
  const baseUrl = sources.baseUrl.kind === 'default' ? binding?.baseUrl : undefined;
  const isTightened = binding?.isReadOnly === true && !settings.readOnly;
  return {
    ...resolution,
    settings: { ...settings, ...(baseUrl && { baseUrl }), ...(isTightened && { readOnly: true }) },
    sources: { ...sources, ...(baseUrl && { baseUrl: source }), ...(isTightened && { readOnly: source }) },
  };
}

/** The unnamed session has its base URL alone, and only of a sign-in with an API key. As it was, where nothing can be read. */
export function withOwnOrigin(context: Context): Context {
  const { settings, sources, sessionProblem, world } = context;
  const isElsewhere = settings.session !== undefined || sources.baseUrl.kind !== 'default';
  if (isElsewhere || sessionProblem || settings.credentialsPath === undefined) return context;
  const place = locateCredentials(context);
  return toOwnOrigin(readBinding(place, world), place, context);
}
