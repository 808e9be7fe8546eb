import { expect, test } from 'vitest';

import { storeFaultLine } from '../../../backend/monitoring/store-fault-line.ts';

test('a broken connection of the store is one JSON line with type and code, and nothing the driver said (PR3)', () => {
  const said = 'terminating connection of nv:s3cret@db.example';
  const line = storeFaultLine(Object.assign(new Error(said), { code: '57P01' }), 5);
  expect(line).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(line)).toEqual({
    level: 50,
    time: 5,
    err: { type: 'Error', code: '57P01' },
    msg: 'a connection to PostgreSQL broke',
  });
  expect(JSON.parse(storeFaultLine('s3cret', 5)).err).toEqual({ type: 'string', code: null });
  expect(JSON.parse(storeFaultLine(new Error(said), 5)).err).toEqual({ type: 'Error', code: null });
});
