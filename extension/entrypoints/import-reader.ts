import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import * as z from 'zod/mini';

import { openImportReader } from '../runner/import-reader.ts';

export default defineUnlistedScript(() => {
  // Compiled schemas need eval, which the extension's CSP rightly forbids.
  z.config({ jitless: true });
  openImportReader();
});
