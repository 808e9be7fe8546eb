import fc from 'fast-check';
import { test } from 'vitest';

import { redactHeader, redactText, redactUrl } from '#protocol/redact.ts';
import { redactBody } from '#protocol/redact-body.ts';

import { fuzz } from './fuzz.ts';
import { redactionProperty } from './redaction-property.ts';

test('no URL, header, body or text shows a known secret, and redacting twice changes nothing (PR2, PR3)', () => {
  fc.assert(redactionProperty({ redactUrl, redactHeader, redactText, redactBody }), fuzz(4000));
});
