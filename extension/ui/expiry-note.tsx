import { daysLeft } from '../runner/key-allows.ts';
import { settings } from './backend-watch.ts';
import { sayCount } from './counts.ts';

import { say } from './words.ts';

/** That the key ends within days, and what to do about it while it still opens the door. */
export function ExpiryNote() {
  const days = daysLeft(settings.value?.access?.expiresAt ?? null, Date.now());
  if (days === null) return null;
  return (
    <p class="banner small" id="key-expires" data-days={days}>
      {days === 0 ? say('expiry.today') : sayCount('expiry.days', days)} {say('expiry.what')}
    </p>
  );
}
