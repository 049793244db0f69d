// The settings that a named session brings along: its base URL where nothing else names one, and its guard.

import type { Resolution, Source } from '../settings/resolve.ts';
import type { World } from '../world.ts';
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
