import { cpus } from 'node:os';

import { benchWalk } from './walk-bench.ts';

console.log(
  `${new Date().toISOString()}  node ${process.version}  ${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}`,
);
console.log('\nHop-by-hop walk over the browser’s own follow fetch, medians');
console.table(await benchWalk());
