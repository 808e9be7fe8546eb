import type { Hop } from '#protocol/hop.ts';
import type { Profile } from '#protocol/profile.ts';

import { metHttpHost } from './met-http-host.ts';
import { readSettings, writeSettings } from './settings.ts';

/** For the look before the next run of this profile. */
export async function rememberHttpHost(profile: Profile, hops: readonly Hop[]): Promise<void> {
  const met = metHttpHost(profile, hops);
  const { httpHosts } = await readSettings();
  if (met === null || httpHosts[profile.id] === met) return;
  await writeSettings({ httpHosts: { ...httpHosts, [profile.id]: met } });
}
