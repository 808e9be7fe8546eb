import { defineBackground } from 'wxt/utils/define-background';
import * as z from 'zod/mini';

import { openBackgroundDoor } from '../runner/background-door.ts';

export default defineBackground(() => {
  // Compiled schemas need eval, which the extension's CSP rightly forbids.
  z.config({ jitless: true });
  openBackgroundDoor();
});
